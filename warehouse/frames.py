"""Frames on their way into tables: checked by name, each key once, seen by SQL under a name."""

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
def registered(connection: DuckDBPyConnection, **frames: pl.DataFrame) -> Iterator[None]:
    """Each frame under its name, for as long as the block lasts.

    After an error the names go with the transaction, which takes no more statements till then.
    """
    for name, frame in frames.items():
        connection.register(name, frame)
    yield
    for name in frames:
        connection.unregister(name)


def check_columns(table: Table, frame: pl.DataFrame) -> None:
    missing = [name for name in table.columns if name not in frame.columns]
    strange = [name for name in frame.columns if name not in table.columns]
    if missing or set(strange) - HELPING_COLUMNS:
        raise BatchMismatch(
            f"{table.name}: the batch lacks {missing or 'nothing'}, adds {strange or 'nothing'}. "
            "Make the frame as schemas/catalogue.py describes the table"
        )


def each_key_once(
    connection: DuckDBPyConnection, table: Table, frame: pl.DataFrame, key: tuple[str, ...] = ()
) -> pl.DataFrame:
    """Of two rows of one key, the first in the order of all their columns stays.

    So what stays does not depend on the order in which the batch came.
    """
    key = key or table.key
    if frame.height < 2 or frame.n_unique(key) == frame.height:  # noqa: PLR2004 - two make a pair
        return frame
    with registered(connection, incoming=frame):
        once: pl.DataFrame = connection.sql(
            f"from incoming qualify row_number() over "
            f"(partition by {listed(key)} order by {listed(table.columns)}) = 1"
        ).pl()
    return once
