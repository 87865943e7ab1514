"""What each source gave on each day, beside what was usual: the table `source_measures`.

Made anew from the warehouse's own rows, so that a rebuilt one says the same. The statements are
in `measures/`; each makes one temporary table, which the next ones read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.frames import registered
from warehouse.merge import transaction
from warehouse.tables import same, table_named
from warehouse.upsert import put_rows

FOLDER = Path(__file__).parent / "measures"
MEASURED = ("volume", "fields", "quotes", "speakers", "countries", "blocks", "copies", "edits")
FACTS = ("measured_days", "measured_articles")
BOUNDS = ("tolerances_in_force", "usual_values", "bounded")


def measure_sources(
    connection: DuckDBPyConnection, tolerances: pl.DataFrame, quiet_days: pl.DataFrame
) -> None:
    """`tolerances`: as `schemas.measures` has them, with a `source`, empty for everyone's.

    `quiet_days`: `source, quiet_on`; the days on which little is expected of a source.
    """
    parts = (
        f"select source, measured_on, measure, measured::double as measured, "
        f"judged_count::bigint as judged_count from ({_sql(name)})"
        for name in MEASURED
    )
    with _made(connection, {name: _sql(name) for name in FACTS}):
        values = {"measured_values": " union all ".join(parts)}
        with _made(connection, values):
            write_measures(connection, tolerances, quiet_days)


def write_measures(
    connection: DuckDBPyConnection, tolerances: pl.DataFrame, quiet_days: pl.DataFrame
) -> None:
    """Bounds for `measured_values`, which lie beside `measured_days`, and all into the table."""
    table = table_named("source_measures")
    with (
        transaction(connection),
        registered(connection, tolerances=tolerances, quiet_days=quiet_days),
        _made(connection, {name: _sql(name) for name in BOUNDS}),
    ):
        connection.execute(
            "delete from source_measures as old "
            f"where not exists (from bounded where {same(table.key, 'old', 'bounded')})"
        )
        put_rows(connection, table, connection.sql("from bounded").pl())


@contextmanager
def _made(connection: DuckDBPyConnection, statements: Mapping[str, str]) -> Iterator[None]:
    for name, sql in statements.items():
        connection.execute(f"create temporary table {name} as {sql}")
    yield
    for name in statements:
        connection.execute(f"drop table {name}")


def _sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
