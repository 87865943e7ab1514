"""Comments on tables and columns, so that any SQL client shows what they mean."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from schemas.catalogue import CONTRACTS, columns_of
from schemas.contract import grain_of
from warehouse.tables import quoted


def comment_tables(connection: DuckDBPyConnection) -> None:
    for table, contract in CONTRACTS.items():
        connection.execute(f"comment on table {table} is '{quoted(grain_of(contract))}'")
        for column in columns_of(contract):
            connection.execute(
                f"comment on column {table}.{column.name} is '{quoted(column.description)}'"
            )
