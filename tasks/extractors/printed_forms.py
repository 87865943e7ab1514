"""The forms in which pages print a date, each a rule: its pattern and what its figures can mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from schemas.records import Precision
from schemas.source import DateOrder
from tasks.extractors.calendar_words import (
    CENTURY_START,
    full_year,
    make_day,
    months,
    months_abroad,
    one_of,
    weekdays,
)


@dataclass(frozen=True, slots=True)
class Convention:
    """What a source declares about dates in figures; None is not declared."""

    order: DateOrder | None = None
    century_start: int | None = None


Readings = tuple[date, ...]
Read = Callable[["re.Match[str]", Convention], Readings]


Sign = Literal["month name", "month abroad", "figures"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of printed date: its pattern, and the days its figures can mean.

    `sign` is what a line must hold for the pattern to be tried at all.
    """

    name: str
    sign: Sign
    precision: Precision
    pattern: str
    read: Read


def _read_day(match: re.Match[str], convention: Convention) -> Readings:
    month = months().get(match["month"].lower()) or int(match["month"])
    year = full_year(match["year"], convention.century_start or CENTURY_START)
    return _real(make_day(year, month, int(match["day"])))


def _read_day_abroad(match: re.Match[str], _: Convention) -> Readings:
    month = months_abroad()[match["month"].lower()]
    return _real(make_day(int(match["year"]), month, int(match["day"])))


def _read_month(match: re.Match[str], _: Convention) -> Readings:
    month = months().get(match["month"].lower()) or int(match["month"])
    return _real(make_day(int(match["year"]), month, 1))


def _read_year(match: re.Match[str], _: Convention) -> Readings:
    return _real(make_day(int(match["year"]), 1, 1))


def _read_figures(match: re.Match[str], convention: Convention) -> Readings:
    """The declared order; without one, every order that gives a day of the calendar.

    A weekday beside the figures proves the order where only one of the days falls on it.
    """
    year = full_year(match["year"], convention.century_start or CENTURY_START)
    first, second = int(match["first"]), int(match["second"])
    day_first = _real(make_day(year, second, first))
    month_first = _real(make_day(year, first, second))
    if convention.order is not None:
        return day_first if convention.order == "day_first" else month_first
    days = tuple(sorted({*day_first, *month_first}))
    on_weekday = tuple(day for day in days if _falls_on(match["weekday"], day))
    return on_weekday or days


def _falls_on(name: str | None, day: date) -> bool:
    return name is None or weekdays()[name.lower()] == day.weekday()


def _real(day: date | None) -> Readings:
    return () if day is None else (day,)


# --- the forms ---------------------------------------------------------------------------------
# {M} and {W} stand for the names of months and weekdays. `\s` covers the no-break spaces of pages.
# Every repetition is bounded, so no line can make a pattern slow.

# "May 25, 20077:05 AM": the time of day runs into the year.
_YEAR_END = r"(?:(?![0-9])|(?=[0-9]{1,2}:[0-5][0-9]))"
_YEAR = rf"(?P<year>1[0-9]{{3}}|20[0-9]{{2}}){_YEAR_END}"
# "12, December 28, 2007" is no day of 2028: a whole year that follows is the year.
_SHORT_YEAR = (
    r"(?P<year>1[0-9]{3}|20[0-9]{2}|(?<=[-/'’])[0-9]{2}"
    r"|[0-9]{2}(?=\s{0,2}(?:[,;)|]|$))(?!\s{0,2},\s{0,2}[12][0-9]{3}))"
)
_NOT_TIME = r"(?![0-9:]|\s{0,2}[ap]\.?m\b)"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|ST|ND|RD|TH)?"
_MONTH = r"(?P<month>{M})\.?"
_WEEKDAY = r"(?:(?P<weekday>{W})\b\.?,?\s{1,3})?"
_GAP = r"(?:\s{0,3}[-,./–]\s{0,3}|\s{1,3})"
_CLOCK = (
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{1,5}|\s[+-][0-9]{4})?"
)
# Frames of a page run into one another: "Research7 April 2020", "May 25, 2007May 26, 2007".
# Behind a figure and a mark stands the end of a range ("26-28 November") or of a clock ("13:36").
_START = r"(?:(?<!\w)|(?<=[a-z]{3})(?=[0-9A-Z])|(?<=[12][0-9]{3})(?=[A-Z]))(?<![0-9][:–-])"
_WEEKDAY_NEAR = r"(?:(?P<weekday>{W})\b\.?\s{0,2}[,|]?\s{0,2})?"

_MONTH_ABROAD = r"(?P<month>{A})\.?"
_OF = r"(?:\s(?:de|del|of)\s|[./-]|\s{1,3})"

_FIGURE = re.compile(r"[0-9]")
_SIGNS: dict[Sign, re.Pattern[str]] = {
    "month name": re.compile(r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"),
    # Between a day and a year; what the name must be is the form's business.
    "month abroad": re.compile(
        r"[0-9]\S{0,3}\s?(?:de\s)?[^\W\d_]{3,10}\.?\s?(?:de\s|del\s)?[12][0-9]{3}"
    ),
    "figures": re.compile(r"[0-9][-/.][0-9]{1,2}[-/.][0-9]|[0-9]{8}|^\s{0,9}[12][0-9]{3}(?![0-9])"),
}

RULES: tuple[Rule, ...] = (
    # Fri May 25 10:04:00 EDT 2007
    Rule(
        "month_day_clock_year",
        "month name",
        "day",
        rf"{_START}{_WEEKDAY}{_MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}{_CLOCK},?\s{{1,3}}{_YEAR}",
        _read_day,
    ),
    # Friday, 25 May 2007; the 25th of May, 2007; 08-Jun-05; 25 May '07
    Rule(
        "day_month_year",
        "month name",
        "day",
        rf"{_START}{_WEEKDAY}(?:the\s)?{_DAY}(?:\sof\s|{_GAP}|){_MONTH}"
        rf"(?:{_GAP}['’]?|,?\s?['’]|(?=[12]))(?:{_SHORT_YEAR}{_NOT_TIME})",
        _read_day,
    ),
    # Friday, May 25, 2007; May 25th 2007; MAY-25-2007; May 25 '07
    Rule(
        "month_day_year",
        "month name",
        "day",
        rf"{_START}{_WEEKDAY}{_MONTH}{_GAP}(?:the\s)?{_DAY}{_GAP}['’]?"
        rf"(?P<year>1[0-9]{{3}}|20[0-9]{{2}}|(?<=['’])[0-9]{{2}}){_YEAR_END}",
        _read_day,
    ),
    # 2007 May 25
    Rule(
        "year_month_day",
        "month name",
        "day",
        rf"{_START}{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}\b",
        _read_day,
    ),
    # 25 de mayo de 2007; 25. Mai 2007; 1er mai 2007; 25 мая 2007
    Rule(
        "day_month_year_abroad",
        "month abroad",
        "day",
        rf"(?<!\w)(?<![0-9][:–-])(?P<day>[0-9]{{1,2}})(?:er|º|ª|\.)?{_OF}{_MONTH_ABROAD}{_OF}{_YEAR}",
        _read_day_abroad,
    ),
    # 2007-05-25T10:00:00Z; 2007/5/25
    Rule(
        "year_first",
        "figures",
        "day",
        r"(?<![\w.])(?P<year>1[0-9]{3}|20[0-9]{2})(?P<gap>[-/.])(?P<month>[0-9]{1,2})(?P=gap)"
        r"(?P<day>[0-9]{1,2})(?![0-9])",
        _read_day,
    ),
    # 20070525, 20070525100000
    Rule(
        "compact",
        "figures",
        "day",
        r"(?<![\w.])(?P<year>1[89][0-9]{2}|20[0-9]{2})(?P<month>0[1-9]|1[0-2])"
        r"(?P<day>0[1-9]|[12][0-9]|3[01])(?=(?:T?[0-9]{4}(?:[0-9]{2})?)?(?:Z|\b)(?![0-9]))",
        _read_day,
    ),
    # 05/25/2007, 25.05.2007, 25-5-07
    Rule(
        "figures",
        "figures",
        "day",
        rf"(?<![\w.]){_WEEKDAY_NEAR}(?P<figures>)"
        r"(?P<first>[0-9]{1,2})(?P<gap>[-/.])(?P<second>[0-9]{1,2})(?P=gap)"
        r"(?P<year>1[0-9]{3}|20[0-9]{2}|[0-9]{2})(?![0-9]|[-/.][0-9])",
        _read_figures,
    ),
    # June 2007; June, 2007; Jun-2007
    Rule(
        "month_year", "month name", "month", rf"{_START}{_MONTH}{_GAP}(?:of\s)?{_YEAR}", _read_month
    ),
    # 2007-05 and 2007, alone: in a longer line they may be a season, a copyright or a number.
    Rule(
        "month_alone",
        "figures",
        "month",
        r"^\s{0,9}(?P<year>1[0-9]{3}|20[0-9]{2})-(?P<month>0[1-9]|1[0-2])(?=\s{0,9}$)",
        _read_month,
    ),
    Rule("year_alone", "figures", "year", rf"^\s{{0,9}}{_YEAR}(?=\s{{0,9}}$)", _read_year),
)


def signs_in(text: str) -> set[Sign]:
    if not _FIGURE.search(text):
        return set()
    return {sign for sign, pattern in _SIGNS.items() if pattern.search(text)}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    named = pattern.replace("{M}", one_of(months())).replace("{W}", one_of(weekdays()))
    if "{A}" in pattern:
        named = named.replace("{A}", one_of(months_abroad()).replace("(?ai:", "(?i:"))
    return re.compile(named)
