"""The columns of a contract as others need them: migrations, comments, documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from schemas.contract import Contract


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    duckdb_type: str
    is_nullable: bool
    description: str
    listed: tuple[str, ...] = ()
    # A text without any form: "" is a value of it, which a CSV file cannot tell from null.
    may_be_empty: bool = False


@cache
def columns_of(contract: type[Contract]) -> tuple[Column, ...]:
    return tuple(
        Column(
            name=name,
            duckdb_type=_duckdb_type(entry.dtype.type),
            is_nullable=entry.nullable,
            description=entry.description,
            listed=entry.metadata["listed"],
            may_be_empty=not (entry.metadata["forms"] or entry.metadata["listed"])
            and entry.dtype.type == pl.String,
        )
        for name, entry in contract.to_schema().columns.items()
    )


_DUCKDB_TYPES: dict[Any, str] = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    pl.Datetime("us", "UTC"): "TIMESTAMP WITH TIME ZONE",
    pl.List(pl.String): "VARCHAR[]",
    pl.List(pl.Int64): "BIGINT[]",
}


def _duckdb_type(dtype: Any) -> str:  # noqa: ANN401 - polars types have no common static type
    return _DUCKDB_TYPES[dtype]
