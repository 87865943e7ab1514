"""The statements every table shares: insert what is new, update what differs, leave the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.frames import registered
from warehouse.tables import Table, differ, listed, same


@dataclass(frozen=True, slots=True)
class MergeCounts:
    """`skipped`: second rows of one key in a batch, and rows of captures older than the known."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    skipped: int = 0

    def __add__(self, other: MergeCounts) -> MergeCounts:
        return MergeCounts(
            self.inserted + other.inserted,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.deleted + other.deleted,
            self.skipped + other.skipped,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """How a known row (`old`) and one of its key (`new`) become one.

    `compared` decides whether the row has changed: its content where nothing is named.
    `values` replaces what a column is set to, and what it is compared with.
    """

    compared: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    condition: str = "true"


PLAIN = Rule()


def insert_rows(connection: DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> MergeCounts:
    """For rows that cannot be there yet; a key that is there after all raises."""
    if frame.is_empty():
        return MergeCounts()
    with registered(connection, incoming=frame):
        connection.execute(
            f"insert into {table.name} ({listed(table.columns)}) "
            f"select {listed(table.columns)} from incoming"
        )
    return MergeCounts(inserted=frame.height)


def merge_rows(
    connection: DuckDBPyConnection, table: Table, frame: pl.DataFrame, rule: Rule = PLAIN
) -> MergeCounts:
    """For rows that may be there; the frame has each key once."""
    if frame.is_empty():
        return MergeCounts()
    values = [
        f"{name} = {rule.values.get(name, f'new.{name}')}"
        for name in table.columns
        if name not in table.key
    ]
    compared = rule.compared or table.content
    written = ", ".join(rule.values.get(name, f"new.{name}") for name in compared)
    with registered(connection, incoming=frame):
        actions = connection.execute(
            f"""
            merge into {table.name} as old using incoming as new
            on {same(table.key, "old", "new")}
            when matched
                and {rule.condition}
                and ({listed(compared, "old")}) is distinct from ({written})
                then update set {", ".join(values)}
            when not matched
                then insert ({listed(table.columns)}) values ({listed(table.columns, "new")})
            returning merge_action
            """
        ).fetchall()
    done = Counter(action for (action,) in actions)
    return MergeCounts(done["INSERT"], done["UPDATE"], frame.height - len(actions))


def put_rows(connection: DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> MergeCounts:
    """For long tables: the index finds the known rows, and new ones replace them.

    A merge would read the whole table for every batch. What it replaces counts as inserted.
    """
    if frame.is_empty():
        return MergeCounts()
    values = ", ".join(
        f"{name} = excluded.{name}" for name in table.columns if name not in table.key
    )
    with registered(connection, incoming=frame):
        written = connection.execute(
            f"insert into {table.name} ({listed(table.columns)}) "
            f"select {listed(table.columns)} from incoming on conflict do update set {values} "
            f"where {differ(table.content, table.name, 'excluded')}"
        ).fetchall()
    return MergeCounts(inserted=int(written[0][0]), unchanged=frame.height - int(written[0][0]))
