"""Dates in figures: "in 2008", "1998-2002", "the 1990s", "the '80s", "2007-05-28", "28/5/2007"."""

from __future__ import annotations

from datetime import date

from tasks.extractors.calendar_words import make_day
from tasks.extractors.date_rules import Clue, DateRule, Reading, one_day, unknown
from tasks.extractors.periods import years_from

_LONGEST_RANGE = 120


def _read_year(clue: Clue) -> Reading:
    year = int(clue.group("year"))
    return years_from(year, year, "year")


def _read_years(clue: Clue) -> Reading | None:
    """1998-2002, and 2004-05 in the century of its first year."""
    first, last = int(clue.group("year")), int(clue.group("last"))
    last += 0 if len(clue.group("last")) > 2 else first - first % 100  # noqa: PLR2004 - figures
    return years_from(first, last, "year") if 0 < last - first <= _LONGEST_RANGE else None


def _read_decade(clue: Clue) -> Reading:
    first = int(clue.group("year"))
    return years_from(first, first + 9, "decade")


def _read_short_decade(clue: Clue) -> Reading:
    """News copy says "the '80s" of the last century; "the '20s" may be this one's."""
    tens = int(clue.group("tens"))
    if tens >= 30:  # noqa: PLR2004 - the '20s and before have come again
        return years_from(1900 + tens, 1909 + tens, "decade")
    return unknown("decade", date(1900 + tens, 1, 1), date(2000 + tens, 1, 1))


def _read_year_first(clue: Clue) -> Reading:
    day = make_day(int(clue.group("year")), int(clue.group("month")), int(clue.group("day")))
    return one_day(day)


def _read_figures(clue: Clue) -> Reading | None:
    """A text does not declare its order: only what one order can mean has a day."""
    year, first, second = (int(clue.group(name)) for name in ("year", "first", "second"))
    days = {make_day(year, second, first), make_day(year, first, second)} - {None}
    if not days:
        return None
    ordered = sorted(day for day in days if day)
    return one_day(ordered[0]) if len(ordered) == 1 else unknown("day", *ordered)


_YEAR = r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2})"
# Four figures before these are a number of them, or a time of day.
_COUNTED = (
    r"(?!\s(?:people|troops|soldiers|men|women|children|workers|jobs|dollars|euros|pounds|miles|feet"
    r"|meters|metres|kilometers|kilometres|tons|tonnes|barrels|times|hours|hrs|points|shares|units"
    r"|homes|houses|members|students|square|pages|votes|cases|deaths|civilians|prisoners|refugees"
    r"|GMT|UTC|EST|EDT|BST|IST|local\stime)\b)"
)

YEAR_RULES: tuple[DateRule, ...] = (
    DateRule(
        "year_first",
        _YEAR + r"-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])(?![0-9-])",
        _read_year_first,
    ),
    DateRule(
        "figures",
        r"(?P<first>[0-3]?[0-9])(?P<gap>[/.])(?P<second>[0-3]?[0-9])(?P=gap)"
        + _YEAR
        + r"(?![0-9/])",
        _read_figures,
    ),
    DateRule("decade", r"(?P<year>1[4-9][0-9]0|20[0-9]0)['’]?s\b", _read_decade),
    DateRule(
        "years",
        _YEAR + r"\s?[-–/]\s?(?P<last>1[4-9][0-9]{2}|20[0-9]{2}|[0-9]{2})(?![0-9-]|[.,][0-9])",
        _read_years,
    ),
    DateRule(
        "years",
        r"(?:(?<=\b[Ff]rom\s)|(?<=\b[Bb]etween\s))"
        + _YEAR
        + r"\s(?:to|until|through|and)\s(?P<last>1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])",
        _read_years,
    ),
    DateRule("year", _YEAR + r"(?![0-9%]|[.,:/][0-9]|-[a-z])" + _COUNTED, _read_year),
)
DECADE_RULES: tuple[DateRule, ...] = (
    DateRule("short_decade", r"['’‘](?P<tens>[1-9]0)s\b", _read_short_decade),
)
