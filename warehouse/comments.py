"""Comments on tables and columns, so that any SQL client shows what they mean."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from schemas.catalogue import CONTRACTS, columns_of
from schemas.contract import grain_of
from warehouse.views import quoted


def comment_tables(connection: DuckDBPyConnection) -> None:
    """All in one go: some 200 statements, each of which would else be flushed by itself."""
    statements = [
        statement
        for table, contract in CONTRACTS.items()
        for statement in (
            f"comment on table {table} is '{quoted(grain_of(contract))}';",
            *(
                f"comment on column {table}.{column.name} is '{quoted(column.description)}';"
                for column in columns_of(contract)
            ),
        )
    ]
    connection.execute(f"begin transaction; {''.join(statements)} commit;")
