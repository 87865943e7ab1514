"""The checks again, on what is published: nothing is written, and no run is judged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from schemas.errors import Unavailable
from warehouse.checks import CheckResult, run_checks


def check_published(database: Path, run_id: str, checked_at: datetime) -> tuple[CheckResult, ...]:
    if not database.is_file():
        raise Unavailable(f"{database}: nothing is published yet. Run `onrecord ingest` first")
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        return run_checks(connection, run_id, checked_at, is_about_a_run=False)
