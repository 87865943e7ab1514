"""What a chart draws, as numbers: the template draws them, so that all text is escaped there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

# More columns than this are thinner on a phone than a finger can follow: then years are shown.
MONTHS_SHOWN = 36


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class TimeChart:
    """One column a month or a year, those without an article included: time keeps its scale."""

    grain: str
    columns: tuple[Column, ...]

    @property
    def highest(self) -> Column:
        return max(self.columns, key=lambda column: column.count)

    @property
    def total(self) -> int:
        return sum(column.count for column in self.columns)


def time_chart(rows: Sequence[dict[str, Any]]) -> TimeChart | None:
    if not rows:
        return None
    counts = {row["published_month"]: row["article_count"] for row in rows}
    months = tuple(_months(min(counts), max(counts)))
    if len(months) > MONTHS_SHOWN:
        return _by_year(counts)
    return TimeChart(
        "month", tuple(Column(f"{month:%Y-%m}", counts.get(month, 0)) for month in months)
    )


def percent(part: float, whole: float) -> str:
    """How long a bar is; what is there at all can be seen."""
    if not part or not whole:
        return "0%"
    return f"{max(1.0, min(100.0, 100 * part / whole)):.1f}%"


def _by_year(counts: dict[date, int]) -> TimeChart:
    by_year: Counter[int] = Counter()
    for month, count in counts.items():
        by_year[month.year] += count
    years: Iterable[int] = range(min(by_year), max(by_year) + 1)
    return TimeChart("year", tuple(Column(f"{year:04}", by_year[year]) for year in years))


def _months(first: date, last: date) -> Iterator[date]:
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(index // 12, index % 12 + 1, 1)


def spark(scores: Sequence[float]) -> str:
    """The points of a line in a box of 100 by 20, oldest first; `scores` has the newest first."""
    if len(scores) == 1:
        scores = (*scores, *scores)
    last = len(scores) - 1
    return " ".join(
        f"{100 * place / last:.1f},{19 - 18 * score:.1f}"
        for place, score in enumerate(reversed(scores))
    )


def trend(score: float, before: float | None, least: float = 0.02) -> str:
    """Against the mean of the four weeks before: a difference of two points is one."""
    if before is None:
        return "new"
    if abs(score - before) < least:
        return "steady"
    return "better" if score > before else "worse"
