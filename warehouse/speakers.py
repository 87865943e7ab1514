"""Speakers are derived: one row per `speaker_id` that an article gives evidence of.

Name: the spelling most articles use, then the longest, then the first by the alphabet.
Kind: the most definite that any article gave (a person before an unknown).
Nothing here depends on the order in which articles came.
"""

from __future__ import annotations

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from warehouse.tables import Table
from warehouse.upsert import MergeCounts, merge_rows

# Tables whose rows show a speaker in an article.
EVIDENCE = ("quotes", "speaker_roles", "speaker_aliases")

# From the most definite to the least.
KINDS = ("person", "organisation", "group", "document", "unknown")


def note_affected(connection: DuckDBPyConnection, staged: Sequence[str]) -> None:
    """Before the facts are merged: whom the batch speaks of, and whom it may stop speaking of."""
    brought = [f"select speaker_id from staged_{name}" for name in staged]
    known = [
        f"select speaker_id from {name} semi join won_articles_known using (article_id)"
        for name in EVIDENCE
    ]
    connection.execute(
        "create or replace temp table won_articles_known as "
        "select article_id from won_articles where is_known"
    )
    has_known = connection.execute("select 1 from won_articles_known limit 1").fetchall()
    selects = [*brought, *(known if has_known else ())] or ["select null::varchar as speaker_id"]
    connection.execute(
        "create or replace temp table affected_speakers as "
        f"select distinct speaker_id from ({' union all '.join(selects)}) as all_of_them "
        "where speaker_id is not null"
    )


def merge_speakers(connection: DuckDBPyConnection, table: Table, run_id: str) -> MergeCounts:
    """After the facts are merged: derives the affected rows and removes the unevidenced."""
    if not connection.execute("select 1 from affected_speakers limit 1").fetchall():
        return MergeCounts()
    _derive(connection, run_id)
    counts = merge_rows(connection, table, "from derived_speakers")
    deleted = connection.execute(
        "delete from speakers where speaker_id in (select speaker_id from affected_speakers) "
        "and speaker_id not in (select speaker_id from derived_speakers)"
    ).fetchall()
    return counts + MergeCounts(deleted=int(deleted[0][0]))


def _derive(connection: DuckDBPyConnection, run_id: str) -> None:
    evidence = " union ".join(
        f"select speaker_id, article_id from {name} semi join affected_speakers using (speaker_id)"
        for name in EVIDENCE
    )
    ranks = " ".join(f"when '{kind}' then {rank}" for rank, kind in enumerate(KINDS))
    connection.execute(
        f"""
        create or replace temp table derived_speakers as
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
            select speaker_id, speaker_name, speaker_kind from staged_speakers
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
            dated.last_evidenced_date,
            $run_id as run_id
        from dated
        left join named using (speaker_id)
        left join proposed using (speaker_id)
        where coalesce(named.speaker_name, proposed.speaker_name) is not null
        """,
        {"run_id": run_id},
    )
