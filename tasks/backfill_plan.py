"""Years by windows: which are left to read, and how long that may take. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schemas.errors import BadUsage
from schemas.records import Window
from schemas.source import Source
from tasks.estimate import Estimate, estimate_fetch, spell
from tasks.journal import RUN_FINISHED

WINDOW_DAYS = 31
FLOW = "backfill"


@dataclass(frozen=True, slots=True)
class BackfillPlan:
    """`todo` oldest first; the other windows of `total` were read by a backfill that was cut off.

    `at_most` is None where the source does not say how many pages a day it has.
    """

    source: str
    total: int
    todo: tuple[Window, ...]
    at_most: Estimate | None

    def __str__(self) -> str:
        first, last = self.todo[0].since, self.todo[-1].until
        said = f"{self.source}: {len(self.todo)} windows of days, {first} to {last}"
        if len(self.todo) < self.total:
            done = self.total - len(self.todo)
            said += f"; {done} of {self.total} were read before and are left out (--from-start)"
        if self.at_most is None:
            return f"{said}. How long it takes shows after the first"
        return f"{said}. At most {self.at_most}"


def plan_backfill(
    source: Source, whole: Window, lines: Iterable[Mapping[str, Any]], *, from_start: bool = False
) -> BackfillPlan:
    """`lines` of the journal tell which windows are done. Raises `BadUsage` for an open end."""
    every = tuple(windows(whole))
    todo = every if from_start else left_to_do(every, windows_read(source.name, lines))
    return BackfillPlan(source.name, len(every), todo, _at_most(source, todo))


def windows(whole: Window, days: int | None = None) -> Iterator[Window]:
    """Oldest first, without gap or overlap. Raises `BadUsage` where an end is open."""
    if whole.since is None or whole.until is None:
        raise BadUsage("a backfill needs both ends: give --since and --until")
    step = timedelta(days=days or WINDOW_DAYS)
    first = whole.since
    while first <= whole.until:
        last = min(first + step - timedelta(days=1), whole.until)
        yield Window(first, last)
        first = last + timedelta(days=1)


def windows_read(source: str, lines: Iterable[Mapping[str, Any]]) -> Counter[Window]:
    """How often each window of a source was backfilled to its end, published or blocked."""
    rows = (line.get("row") or {} for line in lines if line["kind"] == RUN_FINISHED)
    return Counter(
        Window(_day(row["since"]), _day(row["until"]))
        for row in rows
        if row.get("flow") == FLOW and row["sources"] == [source]
    )


def left_to_do(every: Sequence[Window], read: Mapping[Window, int]) -> tuple[Window, ...]:
    """Windows read less often than others are what an interrupted backfill did not come to.

    Where all were read equally often a new one begins, with every window.
    """
    most = max(read.get(window, 0) for window in every)
    left = tuple(window for window in every if read.get(window, 0) < most)
    return left or tuple(every)


def time_left(seconds: Sequence[float], left: int) -> str:
    """From what the windows so far took, each as long as the mean."""
    mean = sum(seconds) / len(seconds) if seconds else 0.0
    return f"about {spell(mean * left)} left" if left else "done"


def _at_most(source: Source, todo: Sequence[Window]) -> Estimate | None:
    if source.expected_per_day is None:
        return None
    days = sum((w.until - w.since).days + 1 for w in todo if w.since and w.until)
    pages = days * source.expected_per_day[1]
    return estimate_fetch(pages, source.pause, source.request_budget * len(todo))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
