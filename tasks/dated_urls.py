"""Addresses with a date in them, one for each day, month or year of a window. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from schemas.errors import BadUsage
from schemas.expectation import WHOLE, Period, PeriodKind
from schemas.records import Window


def dated_urls(template: str, window: Window) -> Iterator[str]:
    """One address per day, month or year of the window, by the finest field in the template."""
    return (url for _, url in dated_periods(template, window))


def dated_periods(template: str, window: Window) -> Iterator[tuple[Period, str]]:
    """The same, each with the period it speaks for."""
    step = _step_of(template)
    if step is None:
        yield WHOLE, template
        return
    if window.since is None or window.until is None:
        raise BadUsage(
            f"{template} lists pages by date: state --since, or first_date in the source"
        )
    day = step(window.since)
    while day <= window.until:
        yield Period(_KINDS[step], day), template.format(day=day)
        day = step(day + _LEAP[step])


def _by_day(day: date) -> date:
    return day


def _by_month(day: date) -> date:
    return day.replace(day=1)


def _by_year(day: date) -> date:
    return day.replace(month=1, day=1)


# Past the end of the period, from its first day; `step` goes back to the first day of the next.
_LEAP: dict[Callable[[date], date], timedelta] = {
    _by_day: timedelta(days=1),
    _by_month: timedelta(days=31),
    _by_year: timedelta(days=366),
}
_KINDS: dict[Callable[[date], date], PeriodKind] = {
    _by_day: "day",
    _by_month: "month",
    _by_year: "year",
}


def _step_of(template: str) -> Callable[[date], date] | None:
    fields = set(re.findall(r"\{day:([^}]*)\}", template))
    letters = {letter for name in fields for letter in re.findall(r"%-?([A-Za-z])", name)}
    if letters & set("djaA"):
        return _by_day
    if letters & set("mbB"):
        return _by_month
    return _by_year if letters & set("yY") else None
