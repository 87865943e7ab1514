"""Articles and their versions: the newest capture of an article is its row, the others its past.

Captures of an article stand in order of `captured_at`, one without a time first;
`capture_id` parts those of one instant. So the outcome does not depend on the order of loading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import polars as pl
from duckdb import DuckDBPyConnection

from schemas.ids import make_id
from warehouse.staging import stage
from warehouse.tables import Table, listed, read_table
from warehouse.upsert import MergeCounts, Rule, insert_rows, merge_rows

# Old body, new body -> what changed, in short sentences.
Differences = Callable[[str, str], Sequence[str]]

VERSION_COLUMNS = (
    "article_id",
    "capture_id",
    "captured_at",
    "published_date",
    "headline",
    "subhead",
    "body_text",
    "run_id",
)


def no_differences(_old: str, _new: str) -> Sequence[str]:
    return ()


def merge_articles(
    connection: DuckDBPyConnection, table: Table, differences: Differences
) -> dict[str, MergeCounts]:
    """Leaves `won_articles` behind: those whose staged capture is now their row."""
    _find_winners(connection)
    history = _merge_versions(connection, differences)
    won = f"from {table.staged} semi join {{}} using (article_id, capture_id)"
    # Clusters are settled over all articles afterwards (clusters.py); till then each is its own.
    fresh = "select * replace (article_id as copy_cluster_id) " + won.format(
        "(from won_articles where not is_known) as fresh"
    )
    merged = insert_rows(connection, table, fresh)
    if connection.execute("select 1 from won_articles where is_known limit 1").fetchall():
        known = won.format("(from won_articles where is_known) as known")
        merged += merge_rows(connection, table, known, _keeping_cluster(table))
    return {"articles": merged + _left_behind(connection, table), "article_versions": history}


def _left_behind(connection: DuckDBPyConnection, table: Table) -> MergeCounts:
    rows = connection.execute(
        f"select count(*) from {table.staged} anti join won_articles using (article_id, capture_id)"
    ).fetchall()
    return MergeCounts(skipped=int(rows[0][0]))


def _keeping_cluster(table: Table) -> Rule:
    compared = tuple(name for name in table.content if name != "copy_cluster_id")
    return Rule(compared, {"copy_cluster_id": "old.copy_cluster_id"})


def _find_winners(connection: DuckDBPyConnection) -> None:
    connection.execute(
        """
        create or replace temp table won_articles as
        with newest as (
            select article_id, capture_id, captured_at
            from staged_articles
            qualify row_number() over (
                partition by article_id
                order by captured_at desc nulls last, capture_id desc
            ) = 1
        ),
        known as (
            select article_id, capture_id, captured_at
            from articles semi join newest using (article_id)
        )
        select
            newest.article_id,
            newest.capture_id,
            known.article_id is not null as is_known
        from newest left join known on newest.article_id = known.article_id
        where
            known.article_id is null
            or (coalesce(newest.captured_at, '-infinity'), newest.capture_id)
            >= (coalesce(known.captured_at, '-infinity'), known.capture_id)
        """
    )


def _merge_versions(connection: DuckDBPyConnection, differences: Differences) -> MergeCounts:
    rows = _version_rows(connection, differences)
    if not rows:
        return MergeCounts()
    table = read_table(connection, "article_versions")
    names = dict.fromkeys(table.columns)
    empty = connection.sql("select * from article_versions limit 0").pl()
    frame = pl.DataFrame([names | row for row in rows], schema=empty.schema)
    stage(connection, table, frame)
    return merge_rows(connection, table, f"from {table.staged}")


def _version_rows(connection: DuckDBPyConnection, differences: Differences) -> list[dict[str, Any]]:
    """Every capture but the newest, of the articles of which more than one is known."""
    columns = listed(VERSION_COLUMNS)
    seen = connection.sql(
        f"""
        with affected as (
            select article_id from staged_articles
            group by article_id
            having
                count(*) > 1
                or article_id in (select article_id from articles)
        ),
        all_captures as (
            select {columns}, 1 as preference
            from staged_articles semi join affected using (article_id)
            union all
            select {columns}, 2 from articles semi join affected using (article_id)
            union all
            select {columns}, 3 from article_versions semi join affected using (article_id)
        )
        select {columns} from all_captures
        qualify row_number() over (partition by article_id, capture_id order by preference) = 1
        order by article_id, captured_at nulls first, capture_id
        """
    ).pl()
    captures = seen.to_dicts()
    return [
        _version(old, new, differences)
        for old, new in pairwise(captures)
        if old["article_id"] == new["article_id"]
    ]


def _version(old: dict[str, Any], new: dict[str, Any], differences: Differences) -> dict[str, Any]:
    return old | {
        "version_id": make_id(old["article_id"], old["capture_id"]),
        "superseded_by_capture_id": new["capture_id"],
        "differences": list(differences(old["body_text"], new["body_text"])),
    }
