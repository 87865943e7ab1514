"""What an evaluation finds: counts, the shares made of them, and the figure to reach."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """One value that is not what the label says."""

    what: str
    doc_id: str
    expected: Any
    found: Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `value` is None where the files needed are not there.

    `target` is the least value to reach, or with `is_ceiling` the most; None has no target.
    """

    what: str
    count: int
    value: float | None
    target: float | None = None
    is_ceiling: bool = False
    detail: str = ""
    misses: tuple[Miss, ...] = field(default=(), repr=False)

    @property
    def verdict(self) -> str:
        if self.value is None or self.target is None:
            return ""
        reached = self.value <= self.target if self.is_ceiling else self.value >= self.target
        return "met" if reached else "short"


@dataclass(slots=True)
class Tally:
    """How many were right, of how many given and how many labelled."""

    right: int = 0
    given: int = 0
    labelled: int = 0

    def add(self, labelled: object, given: object, *, is_right: bool) -> None:
        self.labelled += bool(labelled)
        self.given += bool(given)
        self.right += bool(labelled and given and is_right)

    def add_sets(self, labelled: set[str], given: set[str]) -> None:
        self.labelled += len(labelled)
        self.given += len(given)
        self.right += len(labelled & given)

    @property
    def precision(self) -> float:
        return self.right / max(self.given, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.labelled, 1)

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)

    @property
    def shown(self) -> str:
        return f"P {self.precision:.4f} R {self.recall:.4f}"


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def share_of(part: int, whole: int) -> float:
    return part / max(whole, 1)


def of_f1(
    what: str, tally: Tally, target: float | None = None, misses: tuple[Miss, ...] = ()
) -> Figure:
    return Figure(what, tally.labelled, tally.f1, target, detail=tally.shown, misses=misses)


def named(prefix: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    return tuple(replace(each, what=f"{prefix}: {each.what}") for each in figures)
