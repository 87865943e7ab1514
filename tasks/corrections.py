"""Known misprints: one row of a table corrects one value read from one capture, with the reason.

`read_as` is compared before anything is replaced, so that a correction cannot hit a value
it was not written for. An empty cell means null.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from schemas.errors import BadInput

COLUMNS = ("capture_id", "table", "field", "read_as", "should_be", "because")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    capture_id: str
    table: str
    field: str
    read_as: str
    should_be: str
    because: str


def read_corrections(paths: Iterable[Path]) -> tuple[Correction, ...]:
    """The rows of all files that exist. Raises `BadInput` naming file and line."""
    return tuple(row for path in paths if path.is_file() for row in _read(path))


def correct(
    records: Mapping[str, list[Record]], corrections: Sequence[Correction]
) -> tuple[Correction, ...]:
    """Replaces values in place; returns the corrections that were used."""
    capture_of = {row["article_id"]: row["capture_id"] for row in records.get("articles", [])}
    used = []
    for correction in corrections:
        rows = [
            row
            for row in records.get(correction.table, [])
            if _capture(row, capture_of) == correction.capture_id
            and correction.field in row
            and _as_text(row[correction.field]) == correction.read_as
        ]
        for row in rows:
            row[correction.field] = _as_value(correction)
            _keep_whole(row, correction)
        if rows:
            used.append(correction)
    return tuple(used)


def _read(path: Path) -> list[Correction]:
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    rows = list(csv.reader(lines))
    if not rows:
        return []
    if tuple(rows[0]) != COLUMNS:
        raise BadInput(f"{path}: expected the columns {','.join(COLUMNS)}, found {rows[0]}")
    return [_checked(row, path, number) for number, row in enumerate(rows[1:], start=1)]


def _checked(row: list[str], path: Path, number: int) -> Correction:
    if len(row) != len(COLUMNS):
        raise BadInput(f"{path}, row {number}: expected {len(COLUMNS)} cells, found {len(row)}")
    correction = Correction(*row)
    if not correction.because.strip():
        raise BadInput(f"{path}, row {number}: a correction needs its reason in `because`")
    try:
        _as_value(correction)
    except ValueError as error:
        raise BadInput(
            f"{path}, row {number}: should_be: expected a day such as 2006-06-30, "
            f"found {correction.should_be!r}"
        ) from error
    return correction


def _capture(row: Record, capture_of: Mapping[str, str]) -> str | None:
    return row.get("capture_id") or capture_of.get(row.get("article_id", ""))


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value or "")


def _as_value(correction: Correction) -> object:
    if not correction.should_be:
        return None
    if correction.field.endswith("_date") or correction.field in {"date_start", "date_end"}:
        return date.fromisoformat(correction.should_be)
    return correction.should_be


def _keep_whole(row: Record, correction: Correction) -> None:
    """A published date set by hand is a day, and its rule says who set it."""
    if correction.field == "published_date":
        has_date = row["published_date"] is not None
        row["published_precision"] = "day" if has_date else None
        row["published_rule"] = "correction" if has_date else None
