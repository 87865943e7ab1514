"""Dates in figures: "in 2008", "1998-2002", "the 1990s", "the '80s", "2007-05-28", "28/5/2007"."""

from __future__ import annotations

from datetime import date, timedelta

from tasks.extractors.calendar_words import make_day
from tasks.extractors.date_rules import Clue, DateRule, Reading, one_day, unknown
from tasks.extractors.periods import years_from

_LONGEST_RANGE = 120
_BRIEF_REACH = timedelta(days=100)


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
    return _in_either_order(clue, int(clue.group("year")))


def _read_brief(clue: Clue) -> Reading | None:
    """Digests of the press date their pieces so; no digest looks back or ahead by months."""
    if clue.published is None:
        return None
    years = (clue.published.year + shift for shift in (0, -1, 1))
    readings = (_in_either_order(clue, year) for year in years)
    near = (each for each in readings if each and _is_near(each, clue.published))
    return next(near, None)


def _is_near(reading: Reading, published: date) -> bool:
    days = [date.fromisoformat(each) for each in reading.candidates]
    days += [reading.start] if reading.start else []
    return all(abs(day - published) <= _BRIEF_REACH for day in days)


def _in_either_order(clue: Clue, year: int) -> Reading | None:
    """A text does not declare its order: only what one order can mean has a day."""
    first, second = int(clue.group("first")), int(clue.group("second"))
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
    DateRule("year", _YEAR + r"(?![0-9A-Za-z%]|[.,:/][0-9]|-[a-z])" + _COUNTED, _read_year),
)
DECADE_RULES: tuple[DateRule, ...] = (
    DateRule("short_decade", r"['’‘](?P<tens>[1-9]0)s\b", _read_short_decade),
)
BRIEF_RULES: tuple[DateRule, ...] = (
    # (3/22), as press digests write it
    DateRule(
        "brief_figures",
        r"\((?P<date>(?P<first>[0-3]?[0-9])/(?P<second>[0-3]?[0-9]))(?=[);,]|\s?[-–])",
        _read_brief,
    ),
)
