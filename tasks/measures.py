"""What the measures of sources are held against: tolerances, and days that are quiet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

import polars as pl

from schemas.source import Source
from tasks.extractors.holidays import holiday_in
from warehouse.tolerances import read_tolerances, tolerance_frame

# From the first web archives to long after this program.
YEARS = range(1990, 2101)
DAY = timedelta(days=1)


def tolerances_of(sources: Iterable[Source]) -> pl.DataFrame:
    """Raises `BadConfiguration` where a source states one for what is not measured."""
    return tolerance_frame(read_tolerances(), {each.name: each.tolerances for each in sources})


def quiet_days_of(sources: Iterable[Source]) -> pl.DataFrame:
    return pl.DataFrame(
        [(each.name, day) for each in sources for day in quiet_days(each.quiet_holidays)],
        {"source": pl.String, "quiet_on": pl.Date},
        orient="row",
    )


@cache
def quiet_days(holidays: tuple[str, ...]) -> tuple[date, ...]:
    """The holidays, the turn of the year, and each day after: it reads what they brought."""
    days = {day for year in YEARS for day in _in_year(year, holidays)}
    return tuple(sorted(days | {day + DAY for day in days}))


def _in_year(year: int, holidays: tuple[str, ...]) -> Iterator[date]:
    for name in holidays:
        day = holiday_in(name, year)
        if day is not None:
            yield day
    first = date(year, 12, 24)
    yield from (first + shift * DAY for shift in range(9))
