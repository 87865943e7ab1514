"""Putting the facts of some sources back to what they were when those last passed.

Only facts go back: what readers ask for. The ledger, the captures, what waits in quarantine and
the checks tell of the run as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import Won
from warehouse.fact_merge import ARTICLE_FACTS
from warehouse.frames import registered
from warehouse.merge import transaction
from warehouse.speaker_evidence import PAIRS, TABLES, Affected
from warehouse.speakers import merge_speakers
from warehouse.tables import listed, table_named

# In the order of deletion: articles last, as the others are found by them.
HELD_TABLES = (*ARTICLE_FACTS, "article_versions", "articles")


def put_back(connection: DuckDBPyConnection, sources: Sequence[str], before: Path | None) -> None:
    """`before` is a generation, migrated; None where the sources were never published.

    Copies of a story are to be clustered anew afterwards.
    """
    if before is not None:
        connection.execute(f"attach '{before}' as before_it (read_only)")
    try:
        with transaction(connection):
            _swap(connection, list(sources), has_before=before is not None)
    finally:
        if before is not None:
            connection.execute("detach before_it")


def _swap(connection: DuckDBPyConnection, sources: list[str], *, has_before: bool) -> None:
    held = _articles(connection, "", sources)
    restored = _articles(connection, "before_it.", sources) if has_before else held.clear()
    spoken_of = _pairs(connection, "", held)
    proposals = connection.sql("from speakers").pl()
    with registered(connection, held=held, restored=restored):
        for name in HELD_TABLES:
            connection.execute(
                f"delete from {name} where article_id in (select article_id from held)"
            )
        for name in reversed(HELD_TABLES) if has_before else ():
            columns = listed(table_named(name).columns)
            connection.execute(
                f"insert into {name} ({columns}) select {columns} from before_it.main.{name} "
                "where article_id in (select article_id from restored)"
            )
    if has_before:
        known = connection.sql("from before_it.main.speakers").pl()
        proposals = pl.concat([proposals, known])
    pairs = _pairs(connection, "", restored)
    ids = pl.concat([spoken_of["speaker_id"], pairs["speaker_id"]]).unique()
    # Known articles: what is known of a speaker may have shrunk, so all of it is read again.
    won = Won(
        captures=pl.DataFrame(),
        fresh=frozenset(),
        known=frozenset([*held["article_id"], *restored["article_id"]]),
        lost=frozenset(),
    )
    affected = Affected(
        ids.to_frame(),
        pairs,
        pl.DataFrame(schema={"speaker_id": pl.String, "alias": pl.String}),
        proposals.filter(pl.col("speaker_id").is_in(ids.implode())),
    )
    merge_speakers(connection, affected, won, _last_run(connection))


def _articles(connection: DuckDBPyConnection, prefix: str, sources: list[str]) -> pl.DataFrame:
    place = f"{prefix}main.articles" if prefix else "articles"
    found: pl.DataFrame = connection.sql(
        f"select article_id from {place} where list_contains($sources, source)",
        params={"sources": sources},
    ).pl()
    return found


def _pairs(connection: DuckDBPyConnection, prefix: str, articles: pl.DataFrame) -> pl.DataFrame:
    selects = " union ".join(
        f"select speaker_id, article_id from {prefix}{name} semi join named using (article_id)"
        for name in TABLES
    )
    with registered(connection, named=articles):
        pairs: pl.DataFrame = connection.sql(
            f"select speaker_id, article_id from ({selects}) where speaker_id is not null"
        ).pl()
    return pairs.cast(PAIRS)  # type: ignore[arg-type]


def _last_run(connection: DuckDBPyConnection) -> str:
    rows = connection.execute("select max(run_id) from runs").fetchall()
    return str(rows[0][0])
