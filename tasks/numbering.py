"""Pages that their source numbers one after another: the numbers nobody lists. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from schemas.expectation import Period
from schemas.records import PageRef, Window
from schemas.source import Listing

# A file name with a long number is an id, not a count: no such hole is filled by listing again.
MOST_MISSING = 1_000


@dataclass(frozen=True, slots=True)
class MissingNumbers:
    period: Period
    series: str
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        shown = ", ".join(str(number) for number in self.numbers[:10])
        more = f" and {len(self.numbers) - 10} more" if len(self.numbers) > 10 else ""  # noqa: PLR2004
        of = f" of {self.series}" if self.series else ""
        return f"number {shown}{more}{of} is not listed"


def missing_numbers(
    listing: Listing, pages: Iterable[PageRef], window: Window
) -> Iterator[MissingNumbers]:
    """From 1, where the window covers the whole period, else from the lowest that is listed."""
    if listing.numbered_within is None or listing.page_pattern is None:
        return
    found: dict[tuple[Period, str], dict[int, date]] = defaultdict(dict)
    for page in pages:
        match = re.fullmatch(listing.page_pattern, page.url)
        groups = match.groupdict() if match else {}
        if page.listed_date is not None and (groups.get("number") or "").isdecimal():
            period = period_of(listing.numbered_within, page.listed_date)
            series = groups.get("series") or ""
            found[period, series][int(groups["number"])] = page.listed_date
    for (period, series), days in found.items():
        yield from _holes(period, series, days, window)


def period_of(kind: str, day: date) -> Period:
    if kind == "day":
        return Period("day", day)
    return Period("month", day.replace(day=1)) if kind == "month" else _year(day)


def _year(day: date) -> Period:
    return Period("year", day.replace(month=1, day=1))


def _holes(
    period: Period, series: str, days: dict[int, date], window: Window
) -> Iterator[MissingNumbers]:
    first = 1 if window.covers(period.first) else min(days)
    missing = [number for number in range(first, max(days)) if number not in days]
    if len(missing) > MOST_MISSING:
        return
    by_period: dict[Period, list[int]] = defaultdict(list)
    for number in missing:
        by_period[_place(period, number, days)].append(number)
    for place, numbers in by_period.items():
        yield MissingNumbers(place, series, tuple(numbers))


def _place(period: Period, number: int, days: dict[int, date]) -> Period:
    """The day, where the numbers before and after are of one day."""
    before = max((n for n in days if n < number), default=None)
    after = min(n for n in days if n > number)
    is_of_one_day = before is not None and days[before] == days[after]
    return Period("day", days[after]) if is_of_one_day else period
