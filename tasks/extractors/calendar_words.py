"""Month and weekday names, and the calendar as both readers of dates need it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache

from tasks.extractors.vocabulary import read_table

# A two-digit year is one of the hundred years from this one: 50 is 1950, 49 is 2049.
# Fixed, so that a page reads the same in every year it is read in; news on the web is younger
# than 1990 and few archives on it reach behind 1950 with two digits.
CENTURY_START = 1950


@cache
def months() -> dict[str, int]:
    """Lower-case name or abbreviation (without its point) -> 1 to 12."""
    return {row["name"]: int(row["month"]) for row in read_table("months")}


@cache
def months_abroad() -> dict[str, int]:
    """Lower-case names in other languages that no English name is like -> 1 to 12."""
    rows = read_table("months_abroad")
    abroad = {name: int(row["month"]) for row in rows for name in row["names"].split()}
    return {name: month for name, month in abroad.items() if name not in months()}


@cache
def weekdays() -> dict[str, int]:
    """Lower-case name or abbreviation -> 0 (Monday) to 6."""
    return {row["name"]: int(row["weekday"]) for row in read_table("weekdays")}


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the plain words, longest first, in either case.

    The `a` flag keeps "ſept" from passing for "sept": it would be in no table.
    """
    return f"(?ai:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


def make_day(year: int, month: int, day: int) -> date | None:
    """None for a day that no calendar has, as 31 June."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def full_year(digits: str, century_start: int = CENTURY_START) -> int:
    """Four digits as they are; two digits inside the hundred years from `century_start`."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - two digits are what the rule is about
        return year
    return century_start + (year - century_start) % 100
