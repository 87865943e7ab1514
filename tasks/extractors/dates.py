"""Dates in a text, each resolved against the published date, or left open.

One pass finds the words that dates are made of; rules are tried only there, each family of words
having its own, the more telling first. A date that cannot be told has no days, and one without a
published date to count from has none either: nothing here knows what today is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import ahocorasick_rs

from schemas.records import DateMention
from tasks.extractors.calendar_words import months, weekdays
from tasks.extractors.date_rules import Clue, DateRule, compiled, numbers, ordinals
from tasks.extractors.day_dates import DAY_RULES, MONTH_RULES
from tasks.extractors.holidays import HOLIDAY_RULES, holiday_names
from tasks.extractors.relative_dates import DEICTIC_RULES, UNIT_RULES, WEEKDAY_RULES
from tasks.extractors.vocabulary import read_words
from tasks.extractors.year_dates import YEAR_RULES

Family = Literal["month", "weekday", "deictic", "unit", "year", "holiday"]

RULES: dict[Family, tuple[DateRule, ...]] = {
    "month": DAY_RULES + MONTH_RULES,
    "weekday": DAY_RULES + WEEKDAY_RULES,
    "deictic": DEICTIC_RULES,
    "unit": UNIT_RULES + WEEKDAY_RULES[:1],
    "year": YEAR_RULES,
    "holiday": HOLIDAY_RULES,
}
# Words that may stand before the word of a family and belong to its date.
_LEADS = frozenset(
    ["last", "next", "this", "past", "coming", "previous", "following", "that", "another", "the"]
    + ["current", "of", "early", "late", "mid", "in", "since", "by", "until", "during", "through"]
    + [
        "from",
        "before",
        "after",
        "about",
        "week",
        "beginning",
        "ending",
        "almost",
        "nearly",
        "some",
        "around",
        "roughly",
        "more",
    ]
    + ["than", "less", "over", "fiscal", "day", "to", "and", "year's", "year’s"]
)
_MOST_LEADS = 5
_UNITS = ("day", "days", "week", "weeks", "month", "months", "quarter", "year", "years")
_DEICTIC = ("today", "tonight", "yesterday", "tomorrow", "morning", "afternoon", "evening", "night")
_CENTURIES = ("14", "15", "16", "17", "18", "19", "20")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that a date may be built on."""

    family: Family
    start: int
    end: int


def find_dates(text: str, published: date | None) -> tuple[DateMention, ...]:
    """Sorted, never two over the same characters."""
    found: list[DateMention] = []
    free_from = 0
    for hit in _hits(text):
        if hit.start < free_from:
            continue
        mention = _read_at(text, hit, free_from, published)
        if mention is not None:
            found.append(mention)
            free_from = mention.end
    return tuple(found)


def _hits(text: str) -> Iterator[Hit]:
    """Every whole word, and every number of four figures, that a rule could start from."""
    families, automaton = _triggers()
    length = len(text)
    for index, start, end in automaton.find_matches_as_indexes(text):
        family = families[index]
        if start and text[start - 1].isalnum():
            continue
        if family == "year":
            if end + 2 <= length and text[end : end + 2].isdecimal():
                yield Hit(family, start, end + 2)
        elif end == length or not text[end].isalnum():
            yield Hit(family, start, end)


def _read_at(text: str, hit: Hit, free_from: int, published: date | None) -> DateMention | None:
    if hit.family == "weekday" and _is_a_name(text, hit):
        return None
    for start in _starts(text, hit, free_from):
        for rule in RULES[hit.family]:
            match = compiled(rule.pattern).match(text, start)
            if match is None or match.end() < hit.end:
                continue
            clue = Clue(match, published)
            reading = rule.read(clue)
            if reading is None:
                continue
            first, last = match.span("date" if clue["date"] else 0)
            return DateMention(
                text=text[first:last],
                start=first,
                end=last,
                date_start=reading.start,
                date_end=reading.end,
                precision=reading.precision,
                rule=rule.name,
                candidates=reading.candidates,
                agrees_with_weekday=reading.agrees_with_weekday,
            )
    return None


def _starts(text: str, hit: Hit, free_from: int) -> list[int]:
    """Where the date may begin: at the hit, or at one of the leading words before it."""
    starts = [hit.start]
    start = hit.start
    for _ in range(_MOST_LEADS):
        end = start - 1
        if end <= free_from or text[end] not in " \n\u00a0-":
            break
        start = max(text.rfind(gap, free_from, end) for gap in " \n\u00a0") + 1 or free_from
        if not _may_lead(text[start:end]):
            break
        starts.append(start)
    return starts[::-1]


def _may_lead(word: str) -> bool:
    folded = word.lower().rstrip(",.")
    return folded in _LEADS or folded[:1].isdecimal() or folded in _counting_words()


def _is_a_name(text: str, hit: Hit) -> bool:
    """ "Black Friday", the Sunday Times: a name, not a day of this week."""
    around = text[max(0, hit.start - 12) : hit.end + 20]
    return any(phrase in around for phrase in read_words("weekday_phrases"))


@cache
def _counting_words() -> frozenset[str]:
    return frozenset({*numbers(), *ordinals(), *weekdays()})


@cache
def _triggers() -> tuple[tuple[Family, ...], ahocorasick_rs.AhoCorasick]:
    words: dict[str, Family] = {}
    for century in _CENTURIES:
        words[century] = "year"
    for word in (*_UNITS, "decade", "decades"):
        words |= dict.fromkeys((word, word.capitalize()), "unit")
    for word in _DEICTIC:
        words |= dict.fromkeys((word, word.capitalize(), word.upper()), "deictic")
    for word in months():
        words |= dict.fromkeys((word.capitalize(), word.upper()), "month")
    for word in weekdays():
        words |= dict.fromkeys((word.capitalize(), word.upper()), "weekday")
    for name in holiday_names():
        words[name] = "holiday"
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return tuple(words.values()), ahocorasick_rs.AhoCorasick(list(words), kind)
