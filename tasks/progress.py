"""How far a run is: a bar on a terminal, a plain line per stage elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Report = Callable[[str, int, int | None], None]


@contextmanager
def bar(console: Console) -> Iterator[Report]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        stages: dict[str, object] = {}

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in stages:
                stages[stage] = progress.add_task(stage, total=total)
            progress.update(stages[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield report


@contextmanager
def plain_lines(console: Console) -> Iterator[Report]:
    """A line where a stage ends; a stage without a known end tells its count at the next one."""

    def report(stage: str, done: int, total: int | None) -> None:
        if done == total:
            console.print(f"{stage}: {done}", markup=False)

    yield report
