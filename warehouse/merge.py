"""A batch into the warehouse: all its tables in one transaction, whole or not at all.

The same batch again changes nothing: a row whose content is equal is left alone, with its run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import Differences, merge_articles, no_differences
from warehouse.fact_merge import (
    ARTICLE,
    ARTICLE_FACTS,
    CAPTURE,
    find_captures,
    merge_facts,
    stage_facts,
)
from warehouse.speakers import EVIDENCE, merge_speakers, note_affected
from warehouse.staging import registered, stage, stage_nothing
from warehouse.state_merge import RULES, release_quarantined
from warehouse.tables import Table, UnknownTable, listed, read_table, read_tables
from warehouse.upsert import MergeCounts, merge_rows

__all__ = ["MergeCounts", "append", "merge_batch", "transaction"]

OWNERS = dict.fromkeys(ARTICLE_FACTS, ARTICLE) | {"blocks": CAPTURE}
STATES = ("captures", "pages", "tombstones", "quarantine", "dispositions")
BATCH_TABLES = ("articles", *OWNERS, *STATES, "speakers")


def merge_batch(
    connection: DuckDBPyConnection,
    frames: Mapping[str, pl.DataFrame],
    *,
    differences: Differences = no_differences,
    released_at: datetime | None = None,
) -> dict[str, MergeCounts]:
    """Counts per table. A table without a frame is not touched.

    A frame of facts holds those of the newest capture of each article in the batch,
    or has a column `capture_id` more, and then those of older captures are left out here.
    `released_at` is noted on the quarantine rows that this batch answers.
    """
    strangers = sorted(set(frames) - set(BATCH_TABLES))
    if strangers:
        raise UnknownTable(f"{', '.join(strangers)}: no batch carries these. Use `append`")
    with transaction(connection):
        tables = read_tables(connection)
        counts = _stage_without_owner(connection, tables, frames)
        _add(counts, merge_articles(connection, tables["articles"], differences))
        find_captures(connection)
        _add(counts, _merge_owned(connection, tables, frames))
        for name in STATES:
            rule = RULES.get(name)
            _add(counts, {name: merge_rows(connection, tables[name], _staged(name), rule)})
        records = [tables[name] for name in ("articles", *ARTICLE_FACTS)]
        release_quarantined(connection, records, _run_id(frames), released_at)
        _add(counts, {"speakers": merge_speakers(connection, tables["speakers"], _run_id(frames))})
    return counts


def append(connection: DuckDBPyConnection, table_name: str, frame: pl.DataFrame) -> int:
    """Inserts or replaces by key, for the tables that no batch carries; returns the row count."""
    table = read_table(connection, table_name)
    with transaction(connection), registered(connection, "appended", frame):
        connection.execute(
            f"insert or replace into {table.name} ({listed(table.columns)}) "
            f"select {listed(table.columns)} from appended"
        )
    return frame.height


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    connection.execute("begin transaction")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _stage_without_owner(
    connection: DuckDBPyConnection,
    tables: Mapping[str, Table],
    frames: Mapping[str, pl.DataFrame],
) -> dict[str, MergeCounts]:
    counts = {}
    for name in ("articles", *STATES, "speakers"):
        unique = ("article_id", "capture_id") if name == "articles" else ()
        counts[name] = MergeCounts(
            skipped=stage(connection, tables[name], frames[name], unique=unique)
            if name in frames
            else stage_nothing(connection, tables[name])
        )
    return counts


def _merge_owned(
    connection: DuckDBPyConnection,
    tables: Mapping[str, Table],
    frames: Mapping[str, pl.DataFrame],
) -> dict[str, MergeCounts]:
    """All are staged first: who is affected is asked before anything of theirs is deleted."""
    counts = {}
    for name, owner in OWNERS.items():
        counts[name] = MergeCounts(
            skipped=stage_facts(connection, tables[name], frames[name], owner)
            if name in frames
            else stage_nothing(connection, tables[name])
        )
    note_affected(connection, (*EVIDENCE, "speakers"))
    for name, owner in OWNERS.items():
        if name in frames:
            counts[name] += merge_facts(connection, tables[name], owner)
    return counts


def _staged(name: str) -> str:
    return f"from staged_{name}"


def _run_id(frames: Mapping[str, pl.DataFrame]) -> str:
    """A batch belongs to one run; all its rows name it."""
    named = [frame["run_id"].max() for frame in frames.values() if frame.height]
    return max((str(run_id) for run_id in named), default="")


def _add(counts: dict[str, MergeCounts], more: Mapping[str, MergeCounts]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, MergeCounts()) + count
