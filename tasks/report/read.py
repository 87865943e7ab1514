"""What the report page shows, asked of the published generation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasks.report.queries import QUERIES
from warehouse.read import PublishedReader

Row = dict[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer to each question of `QUERIES`, under its name."""

    run: Rows
    totals: Rows
    months: Rows
    countries: Rows
    speakers: Rows
    quotes: Rows
    gaps: Rows
    missing_pages: Rows
    refused: Rows
    quarantine: Rows
    quality: Rows
    evaluations: Rows
    proofs: Rows
    checks: Rows
    incidents: Rows
    changes: Rows
    ledger: Rows
    scorecard: Rows
    unusual: Rows


def read_report(reader: PublishedReader) -> Report:
    return Report(**{name: reader.rows(sql) for name, sql in QUERIES.items()})
