"""The table of figures, and the misses behind one of them, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tasks.evaluation.evaluate import Scored
from tasks.evaluation.figures import Figure

HEAD = f"{'what':62} {'count':>6} {'figure':>7}  {'target':>8}  {'verdict':7} {'CPU s':>7}"


def table(scored: Iterable[Scored], *, has_head: bool = True) -> Iterator[str]:
    """A line a figure, as soon as its file is scored; a file that is not there says so."""
    if has_head:
        yield HEAD
    for each in scored:
        if not each.figures:
            yield f"{each.file:62} not there: left out"
        for place, figure in enumerate(each.figures):
            seconds = f"{each.cpu_seconds:7.1f}" if place == 0 else " " * 7
            yield f"{line_of(figure)} {seconds} {figure.detail}".rstrip()


def line_of(figure: Figure) -> str:
    value = "-" if figure.value is None else f"{figure.value:.4f}"
    sign = "<=" if figure.is_ceiling else ">="
    target = "" if figure.target is None else f"{sign} {figure.target:.3f}"
    return f"{figure.what:62} {figure.count:6} {value:>7}  {target:>8}  {figure.verdict:7}"


def misses_of(figures: Iterable[Figure], what: str) -> Iterator[str]:
    """Misses of every figure whose name contains `what`."""
    for figure in figures:
        if what.casefold() in figure.what.casefold():
            for miss in figure.misses:
                yield f"{figure.what} | {miss.doc_id} | {miss.expected!r} | {miss.found!r}"
