"""What a run asks of the warehouse before it loads: known captures, and a dead run's rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.digests import published_tables
from warehouse.frames import registered
from warehouse.merge import transaction

# Rows that say what a run did; a run that died before its end has done nothing.
OF_THE_RUN = ("dispositions", "check_results", "deliveries", "runs")
# Not written by `run_id` alone, or settled from the journal.
NOT_TAKEN = (
    *OF_THE_RUN,
    "quarantine",
    "incidents",
    "evaluations",
    "source_measures",
    "completeness",
)


def known_captures(connection: DuckDBPyConnection, capture_ids: list[str]) -> frozenset[str]:
    with registered(connection, asked=_ids(capture_ids)):
        rows = connection.execute(
            "select capture_id from captures semi join asked using (capture_id)"
        ).fetchall()
    return frozenset(capture_id for (capture_id,) in rows)


def captures_by_id(connection: DuckDBPyConnection, capture_ids: list[str]) -> list[dict[str, Any]]:
    with registered(connection, asked=_ids(capture_ids)):
        frame = connection.sql(
            "select capture_id, url, body_digest, warc_file, warc_offset "
            "from captures semi join asked using (capture_id) order by capture_id"
        ).pl()
    rows: list[dict[str, Any]] = frame.to_dicts()
    return rows


def captures_of(
    connection: DuckDBPyConnection, sources: list[str], since: date | None
) -> list[str]:
    """Captures of these sources, or of all where none is named; newest first.

    `since` leaves out the captures of articles that were published earlier; one without a date
    may have been published at any time.
    """
    rows = connection.execute(
        """
        select captures.capture_id
        from captures
        where
            (len($sources) = 0 or list_contains($sources, captures.source))
            and (
                $since is null
                or captures.capture_id not in (
                    select articles.capture_id from articles where published_date < $since
                    union all
                    select article_versions.capture_id
                    from article_versions inner join articles using (article_id)
                    where articles.published_date < $since
                )
            )
        order by captures.captured_at desc nulls last, captures.capture_id desc
        """,
        {"sources": sources, "since": since},
    ).fetchall()
    return [capture_id for (capture_id,) in rows]


def take_over(connection: DuckDBPyConnection, dead_run_id: str, run_id: str) -> None:
    """What a killed run had loaded becomes the work of the run that finishes it."""
    with transaction(connection):
        for name in OF_THE_RUN:
            connection.execute(f"delete from {name} where run_id = ?", [dead_run_id])
        for name in published_tables(connection):
            if name not in NOT_TAKEN:
                connection.execute(
                    f"update {name} set run_id = ? where run_id = ?", [run_id, dead_run_id]
                )


def _ids(capture_ids: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"capture_id": capture_ids}, schema={"capture_id": pl.String})
