"""Contract of `source_measures`, and what a tolerance is: how far a measure may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from schemas import forms
from schemas.contract import About, Contract, column
from schemas.rule import Rule

Side = Literal["low", "high"]
MeasureKind = Literal["count", "share", "mean"]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far one measure may go to one side of what is usual before somebody is told.

    A bound lies `spreads` times the spread from the usual value, and at least `floor` away:
    for a share in points (0.1 is ten of a hundred), else as a part of the usual value.
    Without the two of `error` the measure never blocks. Nothing is judged before `least_days`.
    """

    measure: str
    side: Side
    kind: MeasureKind
    least_days: int
    warn_spreads: float
    warn_floor: float
    error_spreads: float | None = None
    error_floor: float | None = None


class SourceMeasures(
    Contract, about=About(key=("source", "measure", "measured_on"), owner="operations")
):
    """One row is one measure of one source on one day, beside what was usual till then."""

    source: str = column("Declared archive.", forms.a_name)
    measure: str = column("What was measured; see operations.md.", forms.a_name)
    measured_on: date = column("Day of the runs measured (UTC).", forms.a_published_day)
    measured: float = column("The measure.", forms.a_number)
    judged_count: int = column("Articles, quotes, pages it rests on.", forms.a_count)
    rules_digest: str = column("Rules that read that day's pages.", forms.a_name)
    is_quiet: bool = column("Whether little is expected: a holiday, or fewer runs than usual.")
    history_count: int = column("Days before it that it is held against.", forms.a_count)
    rules_changed: bool = column("Whether some of those days were read by other rules.")
    usual: float = column("What was usual till then.", forms.a_number, nullable=True)
    warn_low: float = column("Less than this warns.", forms.a_number, nullable=True)
    warn_high: float = column("More than this warns.", forms.a_number, nullable=True)
    error_low: float = column("Less than this blocks.", forms.a_number, nullable=True)
    error_high: float = column("More than this blocks.", forms.a_number, nullable=True)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            Rule(
                name="what_blocks_warns",
                column="error_low",
                passes=(pl.col("error_low").is_null() | (pl.col("error_low") <= pl.col("warn_low")))
                & (pl.col("error_high").is_null() | (pl.col("error_high") >= pl.col("warn_high"))),
                says="A bound that blocks lies beyond the one that warns.",
                broken_by={"warn_low": 1.0, "error_low": 2.0},
            ),
            Rule(
                name="bounds_rest_on_history",
                column="history_count",
                passes=(pl.col("history_count") > 0)
                | pl.coalesce("warn_low", "warn_high", "error_low", "error_high").is_null(),
                says="Nothing is held against a day without days before it.",
                broken_by={"history_count": 0},
            ),
        )
