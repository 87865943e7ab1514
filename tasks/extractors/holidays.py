"""Days that have a name: "Thanksgiving Day", "Election Day", "Christmas Eve", "Easter Sunday".

The day of the year nearest to the published date is meant, and tense decides where that is open.
Independence Day is that of the United States: another country's is named with the country.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from tasks.extractors.calendar_words import make_day
from tasks.extractors.date_rules import Clue, DateRule, Reading, one_day, unknown
from tasks.extractors.date_words import holidays
from tasks.extractors.day_dates import nearest_that_fits

_FIRST_YEAR, _LAST_YEAR = 1583, 9999  # the Gregorian calendar


def _read_holiday(clue: Clue) -> Reading:
    name = clue.group("name")
    if clue.group("year"):
        return one_day(holiday_in(name, int(clue.group("year"))))
    if clue.published is None:
        return unknown("day")
    years = (clue.published.year + shift for shift in (-1, 0, 1))
    days = (holiday_in(name, year) for year in years)
    return one_day(nearest_that_fits(clue, tuple(day for day in days if day)))


def holiday_in(name: str, year: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    row = holidays()[name]
    month = int(row["month"])
    if month == 0:
        return _easter(year) + timedelta(int(row["day"]))
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
    moved = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


_WHICH = r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s"
_YEAR = r"(?:,?\s(?:(?:in|of)\s)?{YEAR})?"
_ON = "|".join(
    rf"(?<=\b{word}\s)" for word in ("on", "by", "before", "after", "since", "until", "at")
)
# A bare name may be a season or an adjective: the Christmas party, Easter week.
_NO_DAY = (
    r"(?!\s(?:week|season|holiday|break|recess|tree|part|gift|shopping|dinner|vacation|card|egg))"
)

HOLIDAY_RULES: tuple[DateRule, ...] = (
    DateRule("holiday", rf"(?:{_WHICH})?(?P<name>{{H}})\b{_YEAR}", _read_holiday),
    DateRule("holiday", rf"(?:{_WHICH}|{_ON})(?P<name>{{HB}})\b{_NO_DAY}{_YEAR}", _read_holiday),
)
