"""Frames into temporary tables `staged_*`, each key once.

Two rows of one key in one batch: the first in the order of all their columns stays.
So what stays does not depend on the order in which the batch came.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
from duckdb import DuckDBPyConnection

from schemas.errors import OnrecordError
from warehouse.tables import Table, listed

# A frame of facts may say which capture each row was found in; the table does not keep it.
HELPING_COLUMNS = frozenset({"capture_id"})


class BatchMismatch(OnrecordError):
    """A frame does not have its table's columns: mend the code that made it."""


@contextmanager
def registered(connection: DuckDBPyConnection, name: str, frame: pl.DataFrame) -> Iterator[None]:
    """The frame under a name that SQL can use, for as long as the block lasts."""
    connection.register(name, frame)
    try:
        yield
    finally:
        connection.unregister(name)


def stage(
    connection: DuckDBPyConnection,
    table: Table,
    frame: pl.DataFrame,
    *,
    unique: tuple[str, ...] = (),
    condition: str = "true",
) -> int:
    """Returns how many rows were left out: those that fail `condition` and repeats of a key.

    `unique` stands in for the table's key where a batch may hold more than one row for it.
    """
    _check_columns(table, frame)
    keys = listed(unique or table.key)
    stage_nothing(connection, table)
    with registered(connection, "incoming", frame):
        source = f"select {listed(table.columns)} from incoming where {condition}"
        if _has_repeats(connection, source, keys):
            source = (
                f"select {listed(table.columns)} from ({source}) as rows qualify row_number() "
                f"over (partition by {keys} order by {listed(table.columns)}) = 1"
            )
        kept = connection.execute(f"insert into {table.staged} {source}").fetchall()
    return frame.height - int(kept[0][0])


def stage_nothing(connection: DuckDBPyConnection, table: Table) -> int:
    connection.execute(f"create or replace temp table {table.staged} as from {table.name} limit 0")
    return 0


def _has_repeats(connection: DuckDBPyConnection, source: str, keys: str) -> bool:
    rows = connection.execute(
        f"select count(*) > count(distinct ({keys})) from ({source}) as rows"
    ).fetchall()
    return bool(rows[0][0])


def _check_columns(table: Table, frame: pl.DataFrame) -> None:
    missing = [name for name in table.columns if name not in frame.columns]
    strange = [name for name in frame.columns if name not in table.columns]
    if missing or set(strange) - HELPING_COLUMNS:
        raise BatchMismatch(
            f"{table.name}: the batch lacks {missing or 'nothing'}, adds {strange or 'nothing'}. "
            "Make the frame as schemas/catalogue.py describes the table"
        )
