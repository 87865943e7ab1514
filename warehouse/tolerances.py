"""The tolerances everyone has, as `tolerances.csv` states them, and those of single sources."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import polars as pl

from schemas.errors import BadConfiguration
from schemas.measures import MeasureKind, Side, Tolerance

FILE = Path(__file__).parent / "tolerances.csv"
NUMBERS = ("warn_spreads", "warn_floor", "error_spreads", "error_floor")
SCHEMA = {
    "source": pl.String,
    "measure": pl.String,
    "side": pl.String,
    "kind": pl.String,
    "least_days": pl.Int64,
    **dict.fromkeys(NUMBERS, pl.Float64),
}


def read_tolerances(file: Path = FILE) -> tuple[Tolerance, ...]:
    """Raises `BadConfiguration` naming the row and what was expected."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return tuple(_read(row, f"{file.name}, row {number}") for number, row in enumerate(rows, 1))


def tolerance_frame(
    everyones: Sequence[Tolerance], of_sources: Mapping[str, Sequence[Tolerance]]
) -> pl.DataFrame:
    """One row per source, measure and side; the source is empty where it is everyone's.

    Raises `BadConfiguration` where a source names a measure and side that nobody knows.
    """
    known = {(each.measure, each.side): each.kind for each in everyones}
    for source, tolerances in of_sources.items():
        for each in tolerances:
            if known.get((each.measure, each.side)) != each.kind:
                raise BadConfiguration(
                    f"source {source}: a tolerance for {each.measure} ({each.side}, {each.kind}), "
                    "which is not measured so. Known are the rows of warehouse/tolerances.csv"
                )
    rows = [
        {"source": source, **asdict(each)}
        for source, tolerances in (("", everyones), *of_sources.items())
        for each in tolerances
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _read(row: dict[str, Any], where: str) -> Tolerance:
    side, kind = row["side"], row["kind"]
    if side not in get_args(Side) or kind not in get_args(MeasureKind):
        raise BadConfiguration(
            f"{where}: expected a side ({', '.join(get_args(Side))}) and a kind "
            f"({', '.join(get_args(MeasureKind))}), found {side!r} and {kind!r}"
        )
    try:
        numbers = {name: float(row[name]) if row[name] else None for name in NUMBERS}
        tolerance = Tolerance(
            row["measure"],
            side,
            kind,
            int(row["least_days"]),
            **numbers,  # type: ignore[arg-type]
        )
    except ValueError as error:
        raise BadConfiguration(f"{where}: expected numbers, found {error}") from error
    return tolerance
