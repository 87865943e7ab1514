"""What became of each record of a batch: new, changed, unchanged, or beaten by a newer capture.

Asked in two steps around the merge: which keys were there before, and which rows the run wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.frames import registered
from warehouse.tables import Table, listed, same, table_named

# Where a record's source is written, and by which column it is found there.
SOURCE_OF = {"blocks": ("captures", "capture_id")}
ARTICLE = ("articles", "article_id")

Frames = Mapping[str, pl.DataFrame]


@contextmanager
def note_known(connection: DuckDBPyConnection, frames: Frames) -> Iterator[None]:
    """Keeps, for as long as the block lasts, the keys of the frames that are known already."""
    tables = [table_named(name) for name in frames]
    try:
        for table in tables:
            with registered(connection, proposed=frames[table.name]):
                connection.execute(
                    f"create or replace temp table known_{table.name} as "
                    f"select {listed(table.key, 'proposed')} from proposed "
                    f"semi join {table.name} as old on {same(table.key, 'old', 'proposed')}"
                )
        yield
    finally:
        for table in tables:
            connection.execute(f"drop table if exists temp.known_{table.name}")


def read_fates(connection: DuckDBPyConnection, frames: Frames, run_id: str) -> pl.DataFrame:
    """`unit_id, source, reason` of every record; ask inside `note_known`, after the merge.

    `frames` holds `articles` and the tables whose rows belong to them or to a capture.
    """
    tables = [table_named(name) for name in frames]
    with ExitStack() as names:
        for table in tables:
            frame = frames[table.name]
            names.enter_context(registered(connection, **{f"proposed_{table.name}": frame}))
        fates: pl.DataFrame = connection.sql(
            " union all ".join(_fates(table) for table in tables), params=[run_id] * len(tables)
        ).pl()
    return fates


def _fates(table: Table) -> str:
    owner, column = SOURCE_OF.get(table.name, ARTICLE)
    is_beaten = "false"
    if owner == "articles":
        is_beaten = """
            new.article_id in (
                select article_id from proposed_articles
                anti join articles using (article_id, capture_id)
            )
        """
    return f"""
        select
            '{table.name}:' || concat_ws(':', {listed(table.key, "new")}) as unit_id,
            owner.source,
            case
                when {is_beaten} then 'older_capture'
                when known.{table.key[0]} is null then 'new'
                when old.run_id = ? then 'changed'
                else 'unchanged'
            end as reason
        from proposed_{table.name} as new
        inner join {owner} as owner on new.{column} = owner.{column}
        left join known_{table.name} as known on {same(table.key, "known", "new")}
        left join {table.name} as old on {same(table.key, "old", "new")}
    """
