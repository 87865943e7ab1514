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
        speaker_name,
        arg_max(concat_ws(', ', speaker_title, speaker_affiliation), published_date)
            as speaker_role,
        count(*) as quote_count,
        count(distinct article_id) as article_count
    from rpt_who_said_what
    group by speaker_id, speaker_name
    order by quote_count desc, speaker_name
    limit 12
"""
QUOTES = """
    select quote_id, quote_text, speaker_name, published_date, headline, url
    from rpt_who_said_what
    where quote_kind = 'direct'
    order by published_date desc nulls last, quote_id
    limit 12
"""
QUALITY = "select * from rpt_quality order by source"
LEDGER = """
    select unit_kind, disposition, reason, sum(unit_count)::bigint as unit_count
    from rpt_ledger
    where run_id = $run_id
    group by unit_kind, disposition, reason
    order by unit_kind desc, disposition, unit_count desc, reason
"""
CHECKS = """
    select *
    from rpt_checks
    where not starts_with(check_name, 'canary:') and not starts_with(check_name, 'contract:')
    order by is_passed, severity, check_name, source
"""
QUARANTINE = """
    select
        coalesce(table_name, 'captures') as table_name,
        reason,
        status,
        refused_count,
        first_seen_at
    from rpt_quarantine
    order by status, refused_count desc, table_name, reason
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
        checks=reader.rows(CHECKS),
        quarantine=reader.rows(QUARANTINE),
        incidents=reader.rows(INCIDENTS),
    )
