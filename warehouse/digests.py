"""What a table holds, as one short string that does not depend on the order of its rows."""

from __future__ import annotations

import hashlib

from duckdb import DuckDBPyConnection

# Ours, not part of the record.
UNPUBLISHED = ("migrations",)


def published_tables(connection: DuckDBPyConnection) -> tuple[str, ...]:
    rows = connection.execute(
        "select table_name from duckdb_tables() "
        "where schema_name = 'main' and not temporary order by table_name"
    ).fetchall()
    return tuple(name for (name,) in rows if name not in UNPUBLISHED)


def table_digests(connection: DuckDBPyConnection) -> dict[str, str]:
    """Equal digests mean equal rows, in every column, on any version of the engine."""
    connection.execute("set TimeZone = 'UTC'")
    return {name: _digest(connection, name) for name in published_tables(connection)}


def _digest(connection: DuckDBPyConnection, table: str) -> str:
    # Sums, not exclusive-or: two equal rows must not cancel out.
    # MD5, not hash(): that one may change between versions of the engine.
    rows = connection.execute(
        f"""
        with rows as (
            select md5_number(to_json(counted)::varchar) as number from "{table}" as counted
        )
        select
            count(*),
            coalesce(sum((number >> 64)::ubigint::hugeint), 0),
            coalesce(sum((number & 18446744073709551615)::ubigint::hugeint), 0)
        from rows
        """
    ).fetchall()
    return hashlib.sha256(repr(rows[0]).encode()).hexdigest()[:32]


def row_counts(connection: DuckDBPyConnection) -> dict[str, int]:
    rows = [
        connection.execute(f'select count(*) from "{name}"').fetchall()[0][0]
        for name in published_tables(connection)
    ]
    return dict(zip(published_tables(connection), rows, strict=True))
