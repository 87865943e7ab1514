"""How the benchmarks measure and print: CPU time of this process, one row a figure."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

ROUNDS = 5
ROW = "{:<64} {:>10} {:>10}  {}"


def show(what: str, measured: str, target: str = "", note: str = "") -> None:
    sys.stdout.write(ROW.format(what, measured, target, note).rstrip() + "\n")
    sys.stdout.flush()


def show_ratio(what: str, ratio: float, target: float, note: str) -> None:
    verdict = "met" if ratio >= target else "short"
    show(what, f"{ratio:.1f}", f">= {target:g}", f"{verdict}; {note}")


def seconds_of(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def medians_of(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Both sides in turn, so that a busy machine slows them alike; the first round of each, which
    builds what is kept, does not count."""
    ours()
    theirs()
    spent = [(seconds_of(ours), seconds_of(theirs)) for _ in range(ROUNDS)]
    return statistics.median(x for x, _ in spent), statistics.median(y for _, y in spent)
