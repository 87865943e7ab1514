"""What became of each record of a batch: new, changed, unchanged, or beaten by a newer capture.

Asked in two steps around the merge: what was there before, and which rows the run wrote.
Only records whose owner was known before cost a look at their table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.frames import registered
from warehouse.tables import Table, same, table_named

Frames = Mapping[str, pl.DataFrame]


@contextmanager
def note_known(connection: DuckDBPyConnection, frames: Frames, run_id: str) -> Iterator[None]:
    """Keeps, for as long as the block lasts, which records of the frames are known already.

    Rows of this very run do not count: it may have taken them over from one that was killed.
    """
    connection.execute(
        "create or replace temp table known_records (table_name varchar, unit_id varchar)"
    )
    known = {
        "article_id": _known_owners(connection, "articles", frames["articles"], run_id),
        "capture_id": _known_owners(connection, "captures", frames.get("blocks"), run_id),
    }
    for name, frame in frames.items():
        column = _owner_column(name)
        possible = frame.join(known[column], on=column, how="semi")
        if not possible.is_empty():
            _keep_known(connection, table_named(name), possible, run_id)
    yield
    connection.execute("drop table temp.known_records")


def read_fates(connection: DuckDBPyConnection, frames: Frames, run_id: str) -> pl.DataFrame:
    """`unit_id, source, reason` of every record; ask inside `note_known`, after the merge.

    `frames` holds `articles` and the tables whose rows belong to them or to a capture.
    """
    sources = {
        "article_id": frames["articles"].select("article_id", "source").unique("article_id"),
        "capture_id": _capture_sources(connection, frames),
    }
    units = pl.concat(_units(name, frame, sources) for name, frame in frames.items())
    written = _known_and_written(connection, frames, run_id)
    beaten = _beaten(connection, frames["articles"])
    return (
        units.join(written, on="unit_id", how="left")
        .join(beaten, on="article_id", how="left")
        .select(
            "unit_id",
            "source",
            reason=pl.when(pl.col("is_beaten"))
            .then(pl.lit("older_capture"))
            .when(pl.col("is_written").is_null())
            .then(pl.lit("new"))
            .when(pl.col("is_written"))
            .then(pl.lit("changed"))
            .otherwise(pl.lit("unchanged")),
        )
    )


def _units(name: str, frame: pl.DataFrame, sources: Frames) -> pl.DataFrame:
    column = _owner_column(name)
    article_id = pl.col("article_id") if column == "article_id" else pl.lit(None, pl.String)
    return (
        frame.select(_unit_id(table_named(name)), owner_id=column, article_id=article_id)
        .join(sources[column].rename({column: "owner_id"}), on="owner_id")
        .select("unit_id", "source", "article_id")
    )


def _owner_column(name: str) -> str:
    """Blocks belong to a capture, everything else to an article."""
    return "capture_id" if name == "blocks" else "article_id"


def _unit_id(table: Table) -> pl.Expr:
    keys = [pl.col(name).cast(pl.String) for name in table.key]
    return pl.concat_str([pl.lit(table.name), *keys], separator=":").alias("unit_id")


def _known_owners(
    connection: DuckDBPyConnection, table: str, frame: pl.DataFrame | None, run_id: str
) -> pl.DataFrame:
    (column,) = table_named(table).key
    if frame is None:
        return pl.DataFrame(schema={column: pl.String})
    with registered(connection, incoming=frame.select(column).unique()):
        known: pl.DataFrame = connection.sql(
            f"select {column} from {table} semi join incoming using ({column}) "
            "where run_id != $run_id",
            params={"run_id": run_id},
        ).pl()
    return known


def _keep_known(
    connection: DuckDBPyConnection, table: Table, possible: pl.DataFrame, run_id: str
) -> None:
    units = possible.select(_unit_id(table), *table.key)
    with registered(connection, incoming=units):
        connection.execute(
            f"insert into known_records select '{table.name}', unit_id from incoming "
            f"semi join {table.name} as old on {same(table.key, 'old', 'incoming')} "
            "and old.run_id != $run_id",
            {"run_id": run_id},
        )


def _known_and_written(connection: DuckDBPyConnection, frames: Frames, run_id: str) -> pl.DataFrame:
    """`unit_id, is_written` of the records that were known: whether this run wrote them anew."""
    known: pl.DataFrame = connection.sql("from known_records").pl()
    found: list[pl.DataFrame] = [
        pl.DataFrame(schema={"unit_id": pl.String, "is_written": pl.Boolean})
    ]
    for name in sorted(set(known["table_name"])):
        table = table_named(name)
        units = frames[name].select(_unit_id(table), *table.key)
        with registered(connection, new=units.join(known, on="unit_id", how="semi")):
            found.append(
                connection.sql(
                    f"select new.unit_id, coalesce(old.run_id = $run_id, false) as is_written "
                    f"from new left join {name} as old on {same(table.key, 'old', 'new')}",
                    params={"run_id": run_id},
                ).pl()
            )
    return pl.concat(found)


def _beaten(connection: DuckDBPyConnection, articles: pl.DataFrame) -> pl.DataFrame:
    with registered(connection, incoming=articles.select("article_id", "capture_id")):
        beaten: pl.DataFrame = connection.sql(
            "select distinct article_id, true as is_beaten from incoming "
            "anti join articles using (article_id, capture_id)"
        ).pl()
    return beaten


def _capture_sources(connection: DuckDBPyConnection, frames: Frames) -> pl.DataFrame:
    if "blocks" not in frames:
        return pl.DataFrame(schema={"capture_id": pl.String, "source": pl.String})
    with registered(connection, incoming=frames["blocks"].select("capture_id").unique()):
        sources: pl.DataFrame = connection.sql(
            "select capture_id, source from captures semi join incoming using (capture_id)"
        ).pl()
    return sources
