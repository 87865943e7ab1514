"""Facts belong to an owner: those of an article to its newest capture, blocks to their capture.

What the owner no longer yields goes, in the transaction that brings what it yields now.
A new owner has no rows yet, so its own go straight in; only known owners cost a look at the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.staging import stage
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
class Owner:
    """`won` names the owners whose rows are replaced, `staged` all that the batch speaks of."""

    column: str
    won: str
    staged: str


ARTICLE = Owner("article_id", "won_articles", "staged_articles")
CAPTURE = Owner("capture_id", "won_captures", "staged_captures")


def find_captures(connection: DuckDBPyConnection) -> None:
    """Every staged capture replaces its own blocks."""
    connection.execute(
        """
        create or replace temp table won_captures as
        select
            staged_captures.capture_id,
            captures.capture_id is not null as is_known
        from staged_captures
        left join captures on staged_captures.capture_id = captures.capture_id
        """
    )


def stage_facts(
    connection: DuckDBPyConnection, table: Table, frame: pl.DataFrame, owner: Owner
) -> int:
    """Leaves out the facts of owners whose known capture is newer than the batch's."""
    owned = f"incoming.{owner.column}"
    condition = (
        f"({owned} is null or {owned} not in (select {owner.column} from {owner.staged}) "
        f"or {owned} in (select {owner.column} from {owner.won}))"
    )
    if owner is ARTICLE and "capture_id" in frame.columns:
        condition += (
            " and not exists (select 1 from won_articles as won "
            "where won.article_id = incoming.article_id and won.capture_id != incoming.capture_id)"
        )
    return stage(connection, table, frame, condition=condition)


def merge_facts(connection: DuckDBPyConnection, table: Table, owner: Owner) -> MergeCounts:
    new_owners = f"select {owner.column} from {owner.won} where not is_known"
    own = f"from {table.staged}"
    counts = insert_rows(connection, table, f"{own} where {owner.column} in ({new_owners})")
    rest = f"{own} where ({owner.column} in ({new_owners})) is not true"
    if connection.execute(f"select 1 from ({rest}) limit 1").fetchall():
        counts += merge_rows(connection, table, rest)
    return counts + MergeCounts(deleted=_delete_vanished(connection, table, owner))


def _delete_vanished(connection: DuckDBPyConnection, table: Table, owner: Owner) -> int:
    known = f"select {owner.column} from {owner.won} where is_known"
    if not connection.execute(f"{known} limit 1").fetchall():
        return 0
    deleted = connection.execute(
        f"delete from {table.name} as old where {owner.column} in ({known}) and not exists "
        f"(select 1 from {table.staged} as new where {same(table.key, 'old', 'new')})"
    ).fetchall()
    return int(deleted[0][0])
