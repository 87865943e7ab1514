"""A batch into the warehouse: all its tables in one transaction, whole or not at all.

The same batch again changes nothing: a row whose content is equal is left alone, with its run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import (
    NOTHING,
    Differences,
    Won,
    merge_articles,
    no_differences,
)
from warehouse.fact_merge import ARTICLE_FACTS, Owners, merge_facts, without_losers
from warehouse.frames import check_columns, each_key_once, registered
from warehouse.speaker_evidence import find_affected
from warehouse.speakers import merge_speakers
from warehouse.state_merge import RULES
from warehouse.tables import Table, UnknownTable, table_named
from warehouse.upsert import MergeCounts, insert_rows, merge_rows, put_rows

__all__ = ["MergeCounts", "append", "merge_batch", "transaction"]

BATCH_TABLES = (
    "articles",
    "captures",
    "blocks",
    *ARTICLE_FACTS,
    "speakers",
    *RULES,
    "dispositions",
)

Frames = Mapping[str, pl.DataFrame]
Write = Callable[[DuckDBPyConnection, Table, pl.DataFrame], MergeCounts]


def merge_batch(
    connection: DuckDBPyConnection,
    frames: Frames,
    *,
    differences: Differences = no_differences,
) -> dict[str, MergeCounts]:
    """Counts per table. A table without a frame is not touched.

    A frame of facts holds those of the newest capture of each article in the batch,
    or has a column `capture_id` more, and then those of older captures are left out here.
    """
    strangers = sorted(set(frames) - set(BATCH_TABLES))
    if strangers:
        raise UnknownTable(f"{', '.join(strangers)}: no batch carries these. Use `append`")
    for name, frame in frames.items():
        check_columns(table_named(name), frame)
    try:
        with transaction(connection):
            return _merge(connection, frames, differences, insert_rows)
    except duckdb.ConstraintException:
        # Some of its dispositions are known: this run has brought the batch before.
        # Asking first would read the whole ledger for every batch.
        with transaction(connection):
            return _merge(connection, frames, differences, put_rows)


def append(connection: DuckDBPyConnection, table_name: str, frame: pl.DataFrame) -> int:
    """Inserts or replaces by key, for the tables that no batch carries; returns the row count."""
    table = table_named(table_name)
    check_columns(table, frame)
    with transaction(connection):
        put_rows(connection, table, frame)
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


def _merge(
    connection: DuckDBPyConnection,
    frames: Frames,
    differences: Differences,
    write_ends: Write,
) -> dict[str, MergeCounts]:
    run_id = _run_id(frames)
    counts, won = _merge_articles(connection, frames, differences)
    facts = _own_facts(connection, frames, won)
    speakers = find_affected(connection, facts, frames.get("speakers"), won)
    for name, frame in facts.items():
        owners = Owners("article_id", won.fresh, won.known)
        skipped = MergeCounts(skipped=frames[name].height - frame.height)
        counts[name] = merge_facts(connection, table_named(name), frame, owners) + skipped
    counts |= _merge_captures(connection, frames)
    counts |= _merge_states(connection, frames, write_ends)
    counts["speakers"] = merge_speakers(connection, speakers, won, run_id)
    return counts


def _merge_articles(
    connection: DuckDBPyConnection, frames: Frames, differences: Differences
) -> tuple[dict[str, MergeCounts], Won]:
    if "articles" not in frames:
        return {}, NOTHING
    table, key = table_named("articles"), ("article_id", "capture_id")
    frame = each_key_once(connection, table, frames["articles"], key)
    counts, won = merge_articles(connection, frame, differences)
    counts["articles"] += MergeCounts(skipped=frames["articles"].height - frame.height)
    return counts, won


def _own_facts(connection: DuckDBPyConnection, frames: Frames, won: Won) -> dict[str, pl.DataFrame]:
    """Those of the newest captures, each key once."""
    return {
        name: each_key_once(connection, table_named(name), without_losers(frames[name], won))
        for name in ARTICLE_FACTS
        if name in frames
    }


def _merge_captures(connection: DuckDBPyConnection, frames: Frames) -> dict[str, MergeCounts]:
    counts: dict[str, MergeCounts] = {}
    owners = Owners("capture_id", frozenset(), frozenset())
    if "captures" in frames:
        table = table_named("captures")
        frame = each_key_once(connection, table, frames["captures"])
        owners = _capture_owners(connection, frame)
        counts["captures"] = merge_facts(connection, table, frame, owners)
    if "blocks" in frames:
        table = table_named("blocks")
        frame = each_key_once(connection, table, frames["blocks"])
        counts["blocks"] = merge_facts(connection, table, frame, owners)
    return counts


def _capture_owners(connection: DuckDBPyConnection, frame: pl.DataFrame) -> Owners:
    with registered(connection, incoming=frame.select("capture_id")):
        rows = connection.execute(
            "select capture_id from captures semi join incoming using (capture_id)"
        ).fetchall()
    known = frozenset(capture_id for (capture_id,) in rows)
    return Owners("capture_id", frozenset(frame["capture_id"]) - known, known)


def _merge_states(
    connection: DuckDBPyConnection, frames: Frames, write_ends: Write
) -> dict[str, MergeCounts]:
    counts = {}
    for name in (*RULES, "dispositions"):
        if name in frames:
            table = table_named(name)
            frame = each_key_once(connection, table, frames[name])
            skipped = MergeCounts(skipped=frames[name].height - frame.height)
            counts[name] = skipped + (
                merge_rows(connection, table, frame, RULES[name])
                if name in RULES
                else write_ends(connection, table, frame)
            )
    return counts


def _run_id(frames: Frames) -> str:
    """A batch belongs to one run; all its rows name it."""
    named = [frame["run_id"].max() for frame in frames.values() if frame.height]
    return max((str(run_id) for run_id in named), default="")
