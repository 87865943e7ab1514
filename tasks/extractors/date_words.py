"""The words dates in a text are written with, and the templates that rules are written in.

{M} a month, {W} a weekday, {WD} a weekday in full, {N} a number, {O} an ordinal, each in the forms
of running text: "may" and "march" in small letters are other words.
{H} a holiday named in several words, {HB} in one.
{YEAR}, {DAY}, {LAST} and {WEEKDAY} name their groups; {ENDS} refuses 3.5, 10:30 and 3 percent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tasks.extractors.calendar_words import months, weekdays
from tasks.extractors.vocabulary import read_table

_DAY_FIGURES = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_PHRASES = {
    "WEEKDAY": r"(?:(?P<weekday>{W})\.?,?\s{1,2}\(?(?:the\s)?)?",
    "YEAR": r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2})(?![0-9]|,[0-9]{3})",
    "DAY": rf"(?P<day>{_DAY_FIGURES}(?:st|nd|rd|th)?|{{O}})",
    "LAST": rf"(?P<last>{_DAY_FIGURES}(?:st|nd|rd|th)?)",
    "ENDS": r"(?![0-9A-Za-z%]|[.,:][0-9]|-[A-Za-z]|\s(?:[ap]\.?m\b|percent\b|per\scent\b))",
    "TO": r"(?:\s?[-–—]\s?|\s(?:to|through|thru|until)\s)",
    "UNIT": r"(?P<unit>days?|weeks?|months?|years?|decades?)",
}


def number(words: str) -> int:
    return int(words) if words.isdecimal() else _numbers()[words.lower()]


def ordinal(words: str) -> int:
    """The number of "28", "28th" and "eighth"."""
    figures = words.rstrip("stndrhSTNDRH")
    return int(figures) if figures.isdecimal() else _ordinals()[words.lower()]


@cache
def counting_words() -> frozenset[str]:
    return frozenset({*_numbers(), *_ordinals(), *weekdays()})


@cache
def holidays() -> dict[str, dict[str, str]]:
    """Rows of the vocabulary by name, with a straight and with a curly apostrophe."""
    rows = read_table("holidays")
    return {row["name"]: row for row in rows} | {row["name"].replace("'", "’"): row for row in rows}


@cache
def compiled(template: str) -> re.Pattern[str]:
    pattern = template
    for name, words in (_PHRASES | _words()).items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return re.compile(pattern)


@cache
def _words() -> dict[str, str]:
    return {
        "M": _one_of(_names(months())),
        "W": _one_of(_names(weekdays())),
        "WD": _one_of(_names(name for name in weekdays() if name.endswith("day"))),
        "N": f"(?:[1-9][0-9]{{0,2}}|{_one_of(_any_case(_numbers()))})",
        "H": _one_of({name for name in holidays() if " " in name}),
        "HB": _one_of({name for name in holidays() if " " not in name}),
        "O": f"(?:{_one_of(_any_case(_ordinals()))})",
    }


@cache
def _numbers() -> dict[str, int]:
    return {row["name"]: int(row["number"]) for row in read_table("number_words")}


@cache
def _ordinals() -> dict[str, int]:
    return {row["name"]: int(row["number"]) for row in read_table("ordinal_words")}


def _names(words: Iterable[str]) -> set[str]:
    return {form for word in words for form in (word.capitalize(), word.upper())}


def _any_case(words: Iterable[str]) -> set[str]:
    return {form for word in words for form in (word, word.capitalize())}


def _one_of(words: set[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"
