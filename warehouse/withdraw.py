"""Articles whose own capture is no longer accepted: they leave the tables, with their facts.

It is in quarantine then, whole, and comes back from there. So the tables hold what a rebuild
would put into them, and not what earlier rules had let in.
"""

from __future__ import annotations

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import Won
from warehouse.fact_merge import ARTICLE_FACTS, Owners, merge_facts
from warehouse.frames import registered
from warehouse.merge import transaction
from warehouse.speaker_evidence import find_affected
from warehouse.speakers import merge_speakers
from warehouse.tables import table_named


def withdraw_articles(
    connection: DuckDBPyConnection, capture_ids: list[str], run_id: str
) -> list[str]:
    """Returns the captures of earlier versions: read again, the newest of them is the article."""
    asked = pl.DataFrame({"capture_id": capture_ids}, schema={"capture_id": pl.String})
    with registered(connection, asked=asked):
        rows = connection.execute(
            "select article_id from articles semi join asked using (capture_id)"
        ).fetchall()
    gone = frozenset(article_id for (article_id,) in rows)
    if not gone:
        return []
    with transaction(connection):
        _delete_facts(connection, gone, run_id)
        return _delete_articles(connection, gone)


def _delete_facts(connection: DuckDBPyConnection, gone: frozenset[str], run_id: str) -> None:
    """As if a newer capture had brought an article without any."""
    captures = connection.sql("select article_id, capture_id, published_date from articles limit 0")
    won = Won(captures.pl(), frozenset(), gone, frozenset())
    speakers = find_affected(connection, {}, None, won)
    for name in ARTICLE_FACTS:
        nothing = connection.sql(f"from {name} limit 0").pl()
        merge_facts(connection, table_named(name), nothing, Owners("article_id", frozenset(), gone))
    merge_speakers(connection, speakers, won, run_id)


def _delete_articles(connection: DuckDBPyConnection, gone: frozenset[str]) -> list[str]:
    with registered(connection, gone=pl.DataFrame({"article_id": sorted(gone)})):
        versions = connection.execute(
            "select capture_id from article_versions semi join gone using (article_id)"
        ).fetchall()
        for table in ("article_versions", "articles"):
            connection.execute(
                f"delete from {table} where article_id in (select article_id from gone)"
            )
    return [capture_id for (capture_id,) in versions]
