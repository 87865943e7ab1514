"""Weeks, months, quarters, years and decades of the calendar, and how far one lies from another."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.records import Precision
from tasks.extractors.calendar_words import last_day
from tasks.extractors.date_rules import Reading, one_day, unknown


def shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def month_of(year: int, month: int) -> Reading:
    if not 1 <= year <= 9999:  # noqa: PLR2004 - what a date can hold
        return unknown("month")
    return Reading(date(year, month, 1), last_day(year, month), "month")


def period(day: date, shift: int, unit: Precision) -> Reading:
    """The day, week, month ... that lies `shift` of them from the one that holds `day`."""
    if unit == "day":
        return one_day(shifted(day, shift))
    if unit == "week":
        monday = shifted(day, 7 * shift - day.weekday())
        return Reading(monday, shifted(monday, 6) if monday else None, "week")
    if unit in ("month", "quarter"):
        return _months_away(day, shift, unit)
    years = 10 if unit == "decade" else 1
    first = (day.year // years + shift) * years
    return years_from(first, first + years - 1, unit)


def years_from(first: int, last: int, unit: Precision) -> Reading:
    if not 1 <= first <= last <= 9999:  # noqa: PLR2004 - what a date can hold
        return unknown(unit)
    return Reading(date(first, 1, 1), date(last, 12, 31), unit)


def _months_away(day: date, shift: int, unit: Precision) -> Reading:
    if unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
        return month_of(year, month + 1)
    year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + shift, 4)
    return quarter_of(year, quarter + 1)


def quarter_of(year: int, quarter: int) -> Reading:
    if not 1 <= year <= 9999 or not 1 <= quarter <= 4:  # noqa: PLR2004 - four quarters
        return unknown("quarter")
    start = date(year, 3 * quarter - 2, 1)
    return Reading(start, last_day(year, 3 * quarter), "quarter")
