"""Speakers are derived: one row per `speaker_id` that an article gives evidence of.

Name: the spelling most articles use, then the longest, then the first by the alphabet.
Kind: the most definite that any article gave (a person before an unknown).
Dates: the first and last published date of the articles that give evidence.
Nothing here depends on the order in which articles came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.article_merge import Won
from warehouse.frames import registered
from warehouse.tables import table_named
from warehouse.upsert import MergeCounts, merge_rows

# Tables whose rows show a speaker in an article.
EVIDENCE = ("quotes", "speaker_roles", "speaker_aliases")

# From the most definite to the least.
KINDS = ("person", "organisation", "group", "document", "unknown")


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a batch speaks of, or may stop speaking of, and what it proposes to call them.

    `evidence` has the batch's own `speaker_id, article_id` pairs, each once.
    """

    speakers: pl.DataFrame
    evidence: pl.DataFrame
    aliases: pl.DataFrame
    proposals: pl.DataFrame


def affected_speakers(
    connection: DuckDBPyConnection,
    facts: Mapping[str, pl.DataFrame],
    proposals: pl.DataFrame | None,
    won: Won,
) -> Affected:
    """Asked before the facts are merged: afterwards the old ones are gone."""
    pairs = [facts[name].select("speaker_id", "article_id") for name in EVIDENCE if name in facts]
    nothing = pl.DataFrame(schema={"speaker_id": pl.String, "article_id": pl.String})
    evidence = pl.concat([nothing, *pairs]).drop_nulls("speaker_id").unique()
    if proposals is None:
        proposals = connection.sql("from speakers limit 0").pl()
    return Affected(
        speakers=pl.concat(
            [
                evidence.select("speaker_id"),
                proposals.select("speaker_id"),
                _spoken_of_before(connection, won),
            ]
        ).unique(),
        evidence=evidence,
        aliases=facts.get("speaker_aliases", nothing.with_columns(alias=pl.lit(""))),
        proposals=proposals,
    )


def merge_speakers(connection: DuckDBPyConnection, affected: Affected, run_id: str) -> MergeCounts:
    """Asked after the facts are merged: derives the affected and removes the unevidenced."""
    if affected.speakers.is_empty():
        return MergeCounts()
    derived = derive(connection, affected).with_columns(run_id=pl.lit(run_id))
    counts = merge_rows(connection, table_named("speakers"), derived)
    gone = affected.speakers.join(derived, on="speaker_id", how="anti")
    if gone.is_empty():
        return counts
    with registered(connection, gone_speakers=gone):
        deleted = connection.execute(
            "delete from speakers where speaker_id in (select speaker_id from gone_speakers)"
        ).fetchall()
    return counts + MergeCounts(deleted=int(deleted[0][0]))


def derive(connection: DuckDBPyConnection, affected: Affected) -> pl.DataFrame:
    """`speakers` as the tables of facts evidence them, but for `run_id`."""
    evidence = " union ".join(
        f"select speaker_id, article_id from {name} semi join affected_speakers using (speaker_id)"
        for name in EVIDENCE
    )
    ranks = " ".join(f"when '{kind}' then {rank}" for rank, kind in enumerate(KINDS))
    with registered(
        connection,
        affected_speakers=affected.speakers,
        proposed_speakers=affected.proposals.select("speaker_id", "speaker_name", "speaker_kind"),
    ):
        derived: pl.DataFrame = connection.sql(
            f"""
            with evidence as ({evidence}),
            dated as (
                select
                    evidence.speaker_id,
                    min(articles.published_date) as first_evidenced_date,
                    max(articles.published_date) as last_evidenced_date
                from evidence
                inner join articles using (article_id)
                group by evidence.speaker_id
            ),
            spellings as (
                select speaker_id, alias, count(*) as article_count
                from speaker_aliases semi join affected_speakers using (speaker_id)
                group by speaker_id, alias
            ),
            named as (
                select speaker_id, alias as speaker_name
                from spellings
                qualify row_number() over (
                    partition by speaker_id
                    order by article_count desc, length(alias) desc, alias
                ) = 1
            ),
            proposals as (
                from proposed_speakers
                union all
                select speaker_id, speaker_name, speaker_kind
                from speakers semi join affected_speakers using (speaker_id)
            ),
            proposed as (
                select
                    speaker_id,
                    min(speaker_name) as speaker_name,
                    arg_min(speaker_kind, case speaker_kind {ranks} end) as speaker_kind
                from proposals
                group by speaker_id
            )
            select
                dated.speaker_id,
                coalesce(named.speaker_name, proposed.speaker_name) as speaker_name,
                coalesce(proposed.speaker_kind, 'unknown') as speaker_kind,
                dated.first_evidenced_date,
                dated.last_evidenced_date
            from dated
            left join named using (speaker_id)
            left join proposed using (speaker_id)
            where coalesce(named.speaker_name, proposed.speaker_name) is not null
            """
        ).pl()
    return derived


def _spoken_of_before(connection: DuckDBPyConnection, won: Won) -> pl.DataFrame:
    if not won.known:
        return pl.DataFrame(schema={"speaker_id": pl.String})
    known = pl.DataFrame({"article_id": sorted(won.known)})
    selects = " union ".join(
        f"select speaker_id from {name} semi join known_articles using (article_id)"
        for name in EVIDENCE
    )
    with registered(connection, known_articles=known):
        before: pl.DataFrame = connection.sql(
            f"select speaker_id from ({selects}) where speaker_id is not null"
        ).pl()
    return before
