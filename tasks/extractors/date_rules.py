"""What a rule for dates in a text is: a pattern, and how its words become days.

Patterns are templates: {M} month names, {W} weekday names, {N} numbers in words or figures,
{O} ordinals, {MOD} "early", "late", "mid-". They are matched at a known place, never searched for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from schemas.records import Precision
from tasks.extractors.calendar_words import months, weekdays
from tasks.extractors.tense import Tense, tense_at
from tasks.extractors.vocabulary import read_table


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that name a date, the text around them, and the day relative dates count from."""

    match: re.Match[str]
    published: date | None

    def __getitem__(self, group: str) -> str | None:
        found: str | None = self.match.groupdict().get(group)
        return found

    def tense(self) -> Tense | None:
        return tense_at(self.match.string, self.match.start(), self.match.end())


@dataclass(frozen=True, slots=True)
class Reading:
    """The days meant, both ends included; None is a date that cannot be told."""

    start: date | None
    end: date | None
    precision: Precision
    candidates: tuple[str, ...] = ()
    agrees_with_weekday: bool | None = None


@dataclass(frozen=True, slots=True)
class DateRule:
    """A reading of None means: these words are no date after all."""

    name: str
    pattern: str
    read: Callable[[Clue], Reading | None]


def one_day(day: date | None, *, agrees: bool | None = None) -> Reading:
    return Reading(day, day, "day", agrees_with_weekday=agrees)


def unknown(precision: Precision, *candidates: date) -> Reading:
    return Reading(None, None, precision, tuple(day.isoformat() for day in candidates))


def nearest_weekday(published: date, weekday: int, tense: Tense | None) -> date:
    """The published day itself where it is that weekday, else the next or the last one."""
    if tense == "future":
        return published + timedelta((weekday - published.weekday()) % 7)
    return published - timedelta((published.weekday() - weekday) % 7)


def number(words: str) -> int:
    return int(words) if words[0].isdigit() else numbers()[words.lower()]


def day_of_month(words: str) -> int:
    """ "28", "28th" and "eighth"."""
    return int(words.rstrip("stndrhSTNDRH")) if words[0].isdigit() else ordinals()[words.lower()]


@cache
def numbers() -> dict[str, int]:
    return {row["name"]: int(row["number"]) for row in read_table("number_words")}


@cache
def ordinals() -> dict[str, int]:
    return {row["name"]: int(row["number"]) for row in read_table("ordinal_words")}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    for name, words in _fragments().items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return re.compile(pattern)


@cache
def _fragments() -> dict[str, str]:
    return {
        "M": _names(months()),
        "W": _names(weekdays()),
        "WD": _names({name: day for name, day in weekdays().items() if name.endswith("day")}),
        "H": "(?:" + "|".join(sorted(_holiday_names(), key=lambda name: (-len(name), name))) + ")",
        "N": rf"(?:[1-9][0-9]?|{_any_case(numbers())})",
        "O": rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{_any_case(ordinals())})",
        "MOD": r"(?:[Ee]arly|[Ll]ate|[Mm]id)",
    }


def _holiday_names() -> list[str]:
    return [
        re.escape(row["name"]).replace("\\ ", r"\s").replace("'", "['’]")
        for row in read_table("holidays")
    ]


def _names(words: dict[str, int]) -> str:
    """Names as running text writes them: "may" and "march" are other words."""
    forms = {form for word in words for form in (word.capitalize(), word.upper())}
    return f"(?:{'|'.join(sorted(forms, key=lambda form: (-len(form), form)))})"


def _any_case(words: dict[str, int]) -> str:
    forms = {form for word in words for form in (word, word.capitalize())}
    return f"(?:{'|'.join(sorted(forms, key=lambda form: (-len(form), form)))})"
