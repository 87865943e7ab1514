"""What a rule is: one named promise about rows, with the row that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

Severity = Literal["error", "warn"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One promise about rows.

    `passes` is true for a row that keeps it and null where there is nothing to judge.
    `broken_by` turns a good row into one that must be refused: no rule without its canary.
    `compares_rows` marks a rule that looks at a row beside its siblings.
    """

    name: str
    column: str
    passes: pl.Expr
    says: str
    broken_by: Mapping[str, Any]
    severity: Severity = "error"
    owner: str = ""
    compares_rows: bool = False

    def as_check(self) -> pa.Check:
        return pa.Check(self._judge, name=self.name, description=self.says, n_failure_cases=1)

    def _judge(self, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(self.passes)


# A form makes the rules of one column from its name: see `schemas.forms`.
Form = Callable[[str], Iterable[Rule]]
