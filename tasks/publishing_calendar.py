"""Which days an archive publishes on, by the calendar it declares, and what that expects. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from schemas.expectation import Expectation, Period, day_period
from schemas.records import Window
from schemas.source import PublishingCalendar, Source
from tasks.extractors.holidays import holiday_in

_SATURDAY, _SUNDAY = 5, 6
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def calendar_gaps(
    source: Source,
    empty_days: Iterable[date],
    said: Mapping[Period, Expectation],
    unread: list[Window],
) -> dict[Period, Expectation]:
    """Of the days that list no page: what `said` of them by listings stands, unless the calendar
    explains it; of `unread` days nothing is known."""
    gaps: dict[Period, Expectation] = {}
    if source.calendar is None:
        return gaps
    least = max(1, (source.expected_per_day or (1, 1))[0])
    for day in empty_days:
        period, free = day_period(day), why_free(source.calendar, day)
        known = said.get(period)
        if free and known and known.reason == "not_found":
            gaps[period] = replace(known, unlisted=0, explanation=free)
        elif free and day.weekday() in source.calendar.weekdays:
            # A holiday is worth a row that explains it; a weekend is not.
            gaps[period] = _nothing_listed(source, period, 0, free)
        elif not free and not is_in(unread, day):
            gaps[period] = _nothing_listed(source, period, least, None)
    return gaps


def is_in(windows: Iterable[Window], day: date | None) -> bool:
    return any(window.covers(day) for window in windows)


def _nothing_listed(source: Source, period: Period, count: int, free: str | None) -> Expectation:
    return Expectation(
        source=source.name,
        period=period,
        expected_by="calendar",
        unlisted=count,
        reason="nothing_listed",
        detail="no page of this day is listed",
        explanation=free,
    )


def why_free(calendar: PublishingCalendar, day: date) -> str | None:
    """Why nothing is published that day; None on a publishing day."""
    if day in calendar.free_days:
        return "a day without an issue, as the source declares"
    for name, kept in _holidays(calendar, day.year):
        if kept == day:
            return f"holiday: {name}"
    if day.weekday() not in calendar.weekdays:
        return f"{_WEEKDAYS[day.weekday()]} is no publishing day"
    return None


def _holidays(calendar: PublishingCalendar, year: int) -> Iterator[tuple[str, date]]:
    """Of the year and the next: a New Year's Day on Saturday is kept in the year before."""
    for name in calendar.holidays:
        for each in (year, year + 1):
            day = holiday_in(name, each)
            if day is not None:
                yield name, _kept(day) if calendar.moves_off_weekends else day


def _kept(day: date) -> date:
    shift = {_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0)
    return day + timedelta(days=shift)
