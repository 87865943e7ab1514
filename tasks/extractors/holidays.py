"""Days that have a name: "Thanksgiving Day", "Election Day", "Christmas Eve", "Easter Sunday".

The day of the year nearest to the published date is meant, and tense decides where that is open.
Independence Day is that of the United States: a country's own is named with the country.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from tasks.extractors.calendar_words import make_day
from tasks.extractors.date_rules import Clue, DateRule, Reading, one_day, unknown
from tasks.extractors.day_dates import nearest_that_fits
from tasks.extractors.vocabulary import read_table


def holiday_names() -> tuple[str, ...]:
    """Every name as it may stand in a text: with a straight or a curly apostrophe."""
    names = [row["name"] for row in read_table("holidays")]
    return tuple(dict.fromkeys(names + [name.replace("'", "’") for name in names]))


def _read_holiday(clue: Clue) -> Reading:
    name = " ".join((clue["name"] or "").replace("’", "'").split())
    if clue["year"]:
        return one_day(holiday_in(name, int(clue["year"] or "")))
    if clue.published is None:
        return unknown("day")
    years = (clue.published.year + shift for shift in (-1, 0, 1))
    days = tuple(day for year in years if (day := holiday_in(name, year)))
    return one_day(nearest_that_fits(clue, days, clue["which"]))


@cache
def holiday_in(name: str, year: int) -> date | None:
    row = _holidays()[name]
    if row["month"] == "0":
        return _easter(year) + timedelta(int(row["day"]))
    month = int(row["month"])
    if row["day"]:
        return make_day(year, month, int(row["day"]))
    day = _nth_weekday(year, month, int(row["nth"]), int(row["weekday"]))
    return day + timedelta(int(row["plus"] or "0"))


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """The Gregorian computus of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def _holidays() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in read_table("holidays")}


HOLIDAY_RULES: tuple[DateRule, ...] = (
    DateRule(
        "holiday",
        r"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?(?P<name>{H})\b(?:,?\s(?P<year>1[89][0-9]{2}|20[0-9]{2})\b)?",
        _read_holiday,
    ),
)
