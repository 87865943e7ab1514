"""Copies of one story: what the clustering reads of all articles, and what it writes back.

The clustering itself is elsewhere; it needs every signature at once, not one batch.
"""

from __future__ import annotations

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.frames import registered
from warehouse.merge import transaction


def read_signatures(connection: DuckDBPyConnection) -> pl.DataFrame:
    """`article_id, copy_signature, copy_cluster_id` of every article, in order of id."""
    frame: pl.DataFrame = connection.sql(
        "select article_id, copy_signature, copy_cluster_id from articles order by article_id"
    ).pl()
    return frame


def write_clusters(connection: DuckDBPyConnection, clusters: pl.DataFrame) -> int:
    """`article_id, copy_cluster_id` of every article; returns how many rows changed.

    The rows keep their `run_id`: what the run wrote of the article itself stands.
    """
    with transaction(connection), registered(connection, incoming_clusters=clusters):
        changed = connection.execute(
            """
            update articles set copy_cluster_id = incoming_clusters.copy_cluster_id
            from incoming_clusters
            where
                articles.article_id = incoming_clusters.article_id
                and articles.copy_cluster_id != incoming_clusters.copy_cluster_id
            """
        ).fetchall()
    return int(changed[0][0])
