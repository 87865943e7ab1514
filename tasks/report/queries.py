"""What the report page shows, asked of the published generation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from warehouse.read import PublishedReader

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """Each field is one part of the page."""

    run: Row
    totals: Row
    months: list[Row]
    countries: list[Row]
    speakers: list[Row]
    quotes: list[Row]
    quality: list[Row]
    ledger: list[Row]
    checks: list[Row]
    quarantine: list[Row]
    incidents: list[Row]


TOTALS = """
    select
        (select count(*) from articles) as article_count,
        (select count(distinct copy_cluster_id) from articles) as story_count,
        (select count(*) from quotes where quote_kind != 'term') as quote_count,
        (select count(*) from quotes where speaker_id is not null) as attributed_count,
        (select count(*) from speakers) as speaker_count,
        (select count(distinct country_code) from country_mentions) as country_count,
        (select min(published_date) from articles) as first_date,
        (select max(published_date) from articles) as last_date
"""
RUN = "select * from runs where status = 'completed' order by run_id desc limit 1"
MONTHS = """
    select
        date_trunc('month', published_date)::date as published_month,
        count(*) as article_count
    from articles
    where published_date is not null
    group by published_month
    order by published_month
"""
COUNTRIES = """
    select
        country_code,
        count(distinct article_id) as article_count
    from country_mentions
    where country_code is not null
    group by country_code
    order by article_count desc, country_code
    limit 15
"""
SPEAKERS = """
    select
        speakers.speaker_name,
        (
            select concat_ws(', ', title, affiliation)
            from speaker_roles
            where speaker_roles.speaker_id = speakers.speaker_id
            order by evidenced_to desc nulls last, role_id
            limit 1
        ) as speaker_role,
        count(*) as quote_count,
        count(distinct quotes.article_id) as article_count
    from quotes
    inner join speakers on quotes.speaker_id = speakers.speaker_id
    group by speakers.speaker_id, speakers.speaker_name
    order by quote_count desc, speakers.speaker_name
    limit 12
"""
QUOTES = """
    select
        quotes.quote_id,
        quotes.quote_text,
        speakers.speaker_name,
        articles.published_date,
        articles.headline,
        articles.url
    from quotes
    inner join speakers on quotes.speaker_id = speakers.speaker_id
    inner join articles on quotes.article_id = articles.article_id
    where quotes.quote_kind = 'direct'
    order by articles.published_date desc nulls last, quotes.article_id, quotes.position
    limit 12
"""
QUALITY = """
    select
        articles.source,
        count(*) as article_count,
        avg((published_date is not null)::int) as dated_share,
        avg((headline is not null)::int) as headline_share,
        avg((agency is not null)::int) as agency_share,
        avg((dateline_place is not null)::int) as dateline_share
    from articles
    group by articles.source
    order by articles.source
"""
LEDGER = """
    select unit_kind, disposition, reason, count(*) as unit_count
    from dispositions
    where run_id = $run_id
    group by unit_kind, disposition, reason
    order by unit_kind desc, disposition, unit_count desc
"""
CHECKS = """
    select check_name, source, severity, judged_count, failed_count, measured, threshold, is_passed
    from check_results
    where
        run_id = $run_id
        and not starts_with(check_name, 'canary:')
        and not starts_with(check_name, 'contract:')
    order by is_passed, severity, check_name, source
"""
QUARANTINE = """
    select
        coalesce(table_name, 'captures') as table_name,
        unnest(reasons) as reason,
        status,
        count(*) as row_count,
        min(first_seen_at) as first_seen_at
    from quarantine
    group by all
    order by status, row_count desc, reason
"""
INCIDENTS = """
    select incident_id, check_name, source, severity, status, opened_at, closed_at, message
    from incidents
    order by closed_at nulls first, opened_at desc, incident_id
    limit 20
"""


def read_report(reader: PublishedReader) -> Report:
    (run,) = reader.rows(RUN)
    of_the_run = {"run_id": run["run_id"]}
    return Report(
        run=run,
        totals=reader.rows(TOTALS)[0],
        months=reader.rows(MONTHS),
        countries=reader.rows(COUNTRIES),
        speakers=reader.rows(SPEAKERS),
        quotes=reader.rows(QUOTES),
        quality=reader.rows(QUALITY),
        ledger=reader.rows(LEDGER, of_the_run),
        checks=reader.rows(CHECKS, of_the_run),
        quarantine=reader.rows(QUARANTINE),
        incidents=reader.rows(INCIDENTS),
    )
