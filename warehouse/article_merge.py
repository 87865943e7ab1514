"""Articles and their versions: the newest capture of an article is its row, the others its past.

Captures of an article stand in order of `captured_at`, one without a time first;
`capture_id` parts those of one instant. So the outcome does not depend on the order of loading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl
from duckdb import DuckDBPyConnection

from schemas.ids import make_id
from warehouse.frames import registered
from warehouse.tables import Table, listed, table_named
from warehouse.upsert import MergeCounts, Rule, insert_rows, merge_rows

# Old body, new body -> what changed, in short sentences.
Differences = Callable[[str, str], Sequence[str]]

ORDER = ("captured_at", "capture_id")
VERSION_COLUMNS = (
    "article_id",
    *ORDER,
    "published_date",
    "headline",
    "subhead",
    "body_text",
    "run_id",
)


def no_differences(_old: str, _new: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Won:
    """The articles of a batch by what became of them.

    `fresh` were not known, `known` were and have their newest capture in this batch,
    `lost` have a newer one already; their facts are not touched.
    `captures` has `article_id, capture_id, published_date` of `fresh` and `known`.
    """

    captures: pl.DataFrame
    fresh: frozenset[str]
    known: frozenset[str]
    lost: frozenset[str]


NOTHING = Won(pl.DataFrame(), frozenset(), frozenset(), frozenset())


def merge_articles(
    connection: DuckDBPyConnection, frame: pl.DataFrame, differences: Differences
) -> tuple[dict[str, MergeCounts], Won]:
    """`frame` may hold several captures of one article, each once."""
    table = table_named("articles")
    newest = frame.sort(ORDER, nulls_last=False).unique("article_id", keep="last")
    won = _find_winners(connection, newest)
    counts = {"article_versions": _merge_versions(connection, frame, newest, won, differences)}
    # Clusters are settled over all articles afterwards (clusters.py); till then each is its own.
    fresh = newest.filter(pl.col("article_id").is_in(won.fresh)).with_columns(
        copy_cluster_id=pl.col("article_id")
    )
    known = newest.filter(pl.col("article_id").is_in(won.known))
    counts["articles"] = (
        insert_rows(connection, table, fresh)
        + merge_rows(connection, table, known, _keeping_cluster(table))
        + MergeCounts(skipped=frame.height - fresh.height - known.height)
    )
    return counts, won


def _find_winners(connection: DuckDBPyConnection, newest: pl.DataFrame) -> Won:
    captures = newest.select("article_id", *ORDER, "published_date")
    with registered(connection, incoming=captures.select("article_id", *ORDER)):
        rows = connection.execute(
            """
            select
                articles.article_id,
                (coalesce(incoming.captured_at, '-infinity'), incoming.capture_id)
                >= (coalesce(articles.captured_at, '-infinity'), articles.capture_id) as has_won
            from articles inner join incoming using (article_id)
            """
        ).fetchall()
    known = dict(rows)
    return Won(
        captures=captures.filter(pl.col("article_id").replace_strict(known, default=True)),
        fresh=frozenset(captures["article_id"]) - known.keys(),
        known=frozenset(article_id for article_id, has_won in rows if has_won),
        lost=frozenset(article_id for article_id, has_won in rows if not has_won),
    )


def _keeping_cluster(table: Table) -> Rule:
    compared = tuple(name for name in table.content if name != "copy_cluster_id")
    return Rule(compared, {"copy_cluster_id": "old.copy_cluster_id"})


def _merge_versions(
    connection: DuckDBPyConnection,
    frame: pl.DataFrame,
    newest: pl.DataFrame,
    won: Won,
    differences: Differences,
) -> MergeCounts:
    """Of every article of which more than one capture is known: all but the newest."""
    several = frame.join(newest, on=["article_id", "capture_id"], how="anti")["article_id"]
    affected = won.known | won.lost | set(several)
    if not affected:
        return MergeCounts()
    table = table_named("article_versions")
    captures = _all_captures(connection, frame.filter(pl.col("article_id").is_in(affected)))
    rows = [
        _version(old, new, differences)
        for old, new in pairwise(captures)
        if old["article_id"] == new["article_id"]
    ]
    schema = connection.sql("from article_versions limit 0").pl().schema
    return merge_rows(connection, table, pl.DataFrame(rows, schema=schema))


def _all_captures(connection: DuckDBPyConnection, frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Those of the batch and those we have, oldest first; read again, the new reading counts."""
    columns = listed(VERSION_COLUMNS)
    with registered(connection, incoming=frame):
        captures: list[dict[str, Any]] = (
            connection.sql(
                f"""
                with every_capture as (
                    select {columns}, 1 as preference from incoming
                    union all
                    select {columns}, 2 from articles
                    where article_id in (select article_id from incoming)
                    union all
                    select {columns}, 3 from article_versions
                    where article_id in (select article_id from incoming)
                )
                select {columns} from every_capture
                qualify row_number() over (
                    partition by article_id, capture_id order by preference
                ) = 1
                order by article_id, captured_at nulls first, capture_id
                """
            )
            .pl()
            .to_dicts()
        )
    return captures


def _version(old: dict[str, Any], new: dict[str, Any], differences: Differences) -> dict[str, Any]:
    return old | {
        "version_id": make_id(old["article_id"], old["capture_id"]),
        "superseded_by_capture_id": new["capture_id"],
        "differences": list(differences(old["body_text"], new["body_text"])),
    }
