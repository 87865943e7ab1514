"""Weeks, months, quarters, years and decades of the calendar, and how far one lies from another."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.records import Precision
from tasks.extractors.calendar_words import last_day
from tasks.extractors.date_rules import Reading, one_day, unknown
from tasks.extractors.tense import Tense

# Days since, up to which a weekday is the last one and not the next, for want of a sure tense.
_JUST_GONE: dict[Tense | None, int] = {"future": 0, "open": 2, None: 3, "past": 6}
# The years that the tables hold: a text that counts further counts in ages.
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_QUARTERS = 4


def shifted(day: date, days: int) -> date | None:
    """None past the ends of the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def nearest_weekday(day: date, weekday: int, tense: Tense | None) -> date | None:
    """The day itself where it is that weekday, else the next or the last one.

    Where the tense is open, news copy means a day just gone rather than one almost a week away.
    """
    behind = (day.weekday() - weekday) % 7
    return shifted(day, -behind if behind <= _JUST_GONE[tense] else 7 - behind)


def period(day: date, shift: int, unit: Precision) -> Reading:
    """The day, week, month ... that lies `shift` of them from the one that holds `day`."""
    if unit == "day":
        return one_day(shifted(day, shift))
    if unit == "week":
        monday = shifted(day, 7 * shift - day.weekday())
        return days_from(monday, 6, "week")
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
        return month_of(year, month + 1)
    if unit == "quarter":
        year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + shift, 4)
        return quarter_of(year, quarter + 1)
    years = 10 if unit == "decade" else 1
    first = (day.year // years + shift) * years
    return years_from(first, first + years - 1, unit)


def days_from(first: date | None, more: int, precision: Precision) -> Reading:
    """A day and the ones after it; unknown where the calendar ends among them."""
    last = shifted(first, more) if first else None
    return Reading(first, last, precision) if last else unknown(precision)


def month_of(year: int, month: int) -> Reading:
    return months_from(year, month, year, month, "month")


def months_from(
    year: int, month: int, last_year: int, last_month: int, precision: Precision
) -> Reading:
    if not _FIRST_YEAR <= year <= last_year <= _LAST_YEAR:
        return unknown(precision)
    return Reading(date(year, month, 1), last_day(last_year, last_month), precision)


def quarter_of(year: int, quarter: int) -> Reading:
    if not 1 <= quarter <= _QUARTERS:
        return unknown("quarter")
    return months_from(year, 3 * quarter - 2, year, 3 * quarter, "quarter")


def years_from(first: int, last: int, precision: Precision) -> Reading:
    if not _FIRST_YEAR <= first <= last <= _LAST_YEAR:
        return unknown(precision)
    return Reading(date(first, 1, 1), date(last, 12, 31), precision)
