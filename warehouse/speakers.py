"""Speakers are derived: one row per `speaker_id` that an article gives evidence of.

Name: the spelling most articles use, then the longest, then the first by the alphabet.
Kind: the most definite that any capture gave (a person before an unknown), for as long as the
speaker is evidenced; no table of facts keeps it per article.
Dates: the first and last published date of the articles that give evidence.
Names and dates do not depend on the order in which articles came.
"""

from __future__ import annotations

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import Won
from warehouse.frames import registered
from warehouse.speaker_evidence import Affected, Evidence, find_evidence
from warehouse.tables import table_named
from warehouse.upsert import MergeCounts, merge_rows

# From the most definite to the least.
KINDS = ("person", "organisation", "group", "document", "unknown")


def merge_speakers(
    connection: DuckDBPyConnection, affected: Affected, won: Won, run_id: str
) -> MergeCounts:
    """Derives the affected rows and removes those that nothing evidences any more."""
    if affected.speakers.is_empty():
        return MergeCounts()
    with registered(connection, affected=affected.speakers):
        existing = connection.sql("from speakers semi join affected using (speaker_id)").pl()
    evidence = find_evidence(connection, affected, existing, won)
    derived = derive_speakers(evidence, existing, affected.proposals).with_columns(
        run_id=pl.lit(run_id)
    )
    counts = merge_rows(connection, table_named("speakers"), derived)
    gone = existing.join(derived, on="speaker_id", how="anti")
    return counts + _delete(connection, gone)


def derive_speakers(
    evidence: Evidence, existing: pl.DataFrame, proposals: pl.DataFrame
) -> pl.DataFrame:
    """`speakers` without `run_id`; `existing` and `proposals` give kinds, and names if need be."""
    dates = evidence.days.group_by("speaker_id").agg(
        first_evidenced_date=pl.col("published_date").min(),
        last_evidenced_date=pl.col("published_date").max(),
    )
    stated = pl.concat(
        [
            each.select("speaker_id", "speaker_name", "speaker_kind")
            for each in (existing, proposals)
        ]
    )
    return (
        dates.join(_names(evidence, existing, stated), on="speaker_id")
        .join(_kinds(stated), on="speaker_id", how="left")
        .select(
            "speaker_id",
            "speaker_name",
            pl.col("speaker_kind").fill_null("unknown"),
            "first_evidenced_date",
            "last_evidenced_date",
        )
    )


def _names(evidence: Evidence, existing: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """By spellings; else as known; else as proposed."""
    spelled = (
        evidence.spellings.group_by("speaker_id", "alias")
        .len("article_count")
        .with_columns(length=pl.col("alias").str.len_chars())
        .sort(["article_count", "length", "alias"], descending=[True, True, False])
        .unique("speaker_id", keep="first", maintain_order=True)
        .select("speaker_id", speaker_name="alias")
    )
    known = existing.select("speaker_id", "speaker_name")
    proposed = stated.group_by("speaker_id").agg(pl.col("speaker_name").min())
    return pl.concat([spelled, known, proposed]).unique(
        "speaker_id", keep="first", maintain_order=True
    )


def _kinds(stated: pl.DataFrame) -> pl.DataFrame:
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    return stated.group_by("speaker_id").agg(
        pl.col("speaker_kind")
        .sort_by(pl.col("speaker_kind").replace_strict(ranks, default=len(KINDS)), "speaker_kind")
        .first()
    )


def _delete(connection: DuckDBPyConnection, gone: pl.DataFrame) -> MergeCounts:
    if gone.is_empty():
        return MergeCounts()
    with registered(connection, gone=gone.select("speaker_id")):
        connection.execute("delete from speakers where speaker_id in (select speaker_id from gone)")
    return MergeCounts(deleted=gone.height)
