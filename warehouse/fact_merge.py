"""Facts belong to an owner: those of an article to its newest capture, blocks to their capture.

What the owner no longer yields goes, in the transaction that brings what it yields now.
A new owner has no rows yet, so its own go straight in; only known owners cost a look at the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import Won
from warehouse.frames import registered
from warehouse.tables import Table, same
from warehouse.upsert import MergeCounts, insert_rows, merge_rows

ARTICLE_FACTS = (
    "quotes",
    "country_mentions",
    "date_mentions",
    "findings",
    "speaker_roles",
    "speaker_aliases",
)


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose rows a batch brings: `fresh` had none before, those of `known` are replaced."""

    column: str
    fresh: frozenset[str]
    known: frozenset[str]


def without_losers(frame: pl.DataFrame, won: Won) -> pl.DataFrame:
    """Leaves out the facts of captures that are not their article's newest."""
    if won.lost:
        frame = frame.filter(pl.col("article_id").is_in(won.lost).not_().fill_null(value=True))
    if "capture_id" not in frame.columns:
        return frame
    newest = won.captures.select("article_id", newest_capture_id="capture_id")
    return frame.join(newest, on="article_id", how="left").filter(
        pl.col("capture_id").eq(pl.col("newest_capture_id")).fill_null(value=True)
    )


def merge_facts(
    connection: DuckDBPyConnection, table: Table, frame: pl.DataFrame, owners: Owners
) -> MergeCounts:
    is_fresh = pl.col(owners.column).is_in(owners.fresh).fill_null(value=False)
    return (
        insert_rows(connection, table, frame.filter(is_fresh))
        + merge_rows(connection, table, frame.filter(~is_fresh))
        + _delete_vanished(connection, table, frame, owners)
    )


def _delete_vanished(
    connection: DuckDBPyConnection, table: Table, frame: pl.DataFrame, owners: Owners
) -> MergeCounts:
    if not owners.known:
        return MergeCounts()
    known = pl.DataFrame({"owner": sorted(owners.known)})
    with registered(connection, known_owners=known, incoming=frame):
        deleted = connection.execute(
            f"delete from {table.name} as old "
            f"where {owners.column} in (select owner from known_owners) and not exists "
            f"(select 1 from incoming as new where {same(table.key, 'old', 'new')})"
        ).fetchall()
    return MergeCounts(deleted=int(deleted[0][0]))
