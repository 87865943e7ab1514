"""The checks again, on what is published: nothing is written, and no run is judged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from schemas.errors import Unavailable
from warehouse.checks import CheckResult, Limits, run_checks
from warehouse.evidence import find_evidence

Backing = dict[tuple[str, str], dict[str, Any]]


def check_published(
    database: Path, run_id: str, checked_at: datetime, limits: Limits
) -> tuple[tuple[CheckResult, ...], Backing]:
    """The answers, and what stands behind those that failed."""
    if not database.is_file():
        raise Unavailable(f"{database}: nothing is published yet. Run `onrecord ingest` first")
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        results = run_checks(connection, run_id, checked_at, limits=limits, is_about_a_run=False)
        return results, find_evidence(connection, results)
