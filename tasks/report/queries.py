"""The questions of the report page: the page shows each beside the numbers it gave.

Each runs as it stands under `onrecord sql`, so that a reader can ask it again and change it.
"""

from __future__ import annotations

from types import MappingProxyType

RUN = """
select * from runs
where status = 'completed'
order by started_at desc, run_id desc
limit 1
"""
TOTALS = """
select
    (select count(*) from articles) as article_count,
    (select count(distinct copy_cluster_id) from articles) as story_count,
    (select count(distinct source) from articles) as source_count,
    (select count(*) from quotes where quote_kind != 'term') as quote_count,
    (select count(*) from rpt_who_said_what where quote_kind != 'term') as attributed_count,
    (select count(*) from speakers) as speaker_count,
    (select count(distinct country_code) from country_mentions) as country_count,
    (select count(*) from quarantine where status = 'open') as refused_count,
    (select count(*) from pages where capture_id is null) as missing_page_count,
    (select min(published_date) from articles) as first_date,
    (select max(published_date) from articles) as last_date
"""
MONTHS = """
select
    date_trunc('month', published_date)::date as published_month,
    count(*) as article_count
from articles
where published_precision in ('day', 'week', 'month')
group by published_month
order by published_month
"""
COUNTRIES = """
with

named as (
    select
        mentions.country_code,
        count(distinct mentions.article_id) as article_count,
        count(distinct articles.copy_cluster_id) as story_count
    from country_mentions as mentions
    inner join articles on mentions.article_id = articles.article_id
    where mentions.country_code is not null
    group by mentions.country_code
),

voices as (
    select
        country_code,
        list(speaker_name order by quote_count desc, story_count desc, speaker_name)[1:3]
            as speaker_names,
        count(*) as speaker_count,
        sum(quote_count)::bigint as quote_count
    from rpt_speakers_on_countries
    group by country_code
)

select
    named.country_code,
    named.story_count,
    coalesce(voices.quote_count, 0) as quote_count,
    coalesce(voices.speaker_count, 0) as speaker_count,
    coalesce(voices.speaker_names, []) as speaker_names
from named
left join voices on named.country_code = voices.country_code
order by named.story_count desc, quote_count desc, named.country_code
limit 15
"""
SPEAKERS = """
with

topics as (
    select
        speaker_id,
        list(country_code order by quote_count desc, story_count desc, country_code)[1:4]
            as country_codes
    from rpt_speakers_on_countries
    group by speaker_id
),

quoted as (
    select
        speaker_id,
        speaker_name,
        arg_max(
            concat_ws(', ', speaker_title, speaker_affiliation),
            (coalesce(published_date, date '0001-01-01'), quote_id)
        ) as speaker_role,
        count(*) as quote_count,
        count(distinct copy_cluster_id) as story_count
    from rpt_who_said_what
    where quote_kind != 'term'
    group by speaker_id, speaker_name
)

select
    quoted.speaker_name,
    quoted.speaker_role,
    quoted.quote_count,
    quoted.story_count,
    coalesce(topics.country_codes, []) as country_codes
from quoted
left join topics on quoted.speaker_id = topics.speaker_id
order by quoted.quote_count desc, quoted.story_count desc, quoted.speaker_name
limit 12
"""
QUOTES = """
select
    quote_id, quote_text, speaker_name, published_date,
    headline, url, source, rule, country_codes
from (
    select said.*, quotes.rule
    from rpt_who_said_what as said
    inner join quotes on said.quote_id = quotes.quote_id
)
where quote_kind = 'direct'
qualify row_number() over (
    partition by copy_cluster_id
    order by confidence desc nulls last, quote_id
) = 1
order by published_date desc nulls last, quote_id
limit 8
"""
GAPS = """
select
    gap,
    sum(gap_count)::bigint as gap_count,
    sum(whole_count)::bigint as whole_count
from rpt_gaps
group by gap
order by sum(gap_count) / sum(whole_count) desc, gap
"""
MISSING_PAGES = """
select
    source,
    disposition,
    reason,
    count(*) as page_count,
    min(url) as example_url
from pages
where capture_id is null
group by source, disposition, reason
order by page_count desc, source, disposition, reason
limit 20
"""
REFUSED = """
select
    quarantine_id,
    source,
    coalesce(table_name, 'whole page') as unit,
    reasons,
    coalesce(record ->> '$.detail', record ->> '$.url', row_key) as detail,
    first_seen_at
from quarantine
where status = 'open'
order by first_seen_at desc, quarantine_id
limit 12
"""
QUARANTINE = """
select
    coalesce(nullif(table_name, ''), 'whole page') as unit,
    reason,
    status,
    sum(refused_count)::bigint as refused_count
from rpt_quarantine
group by unit, reason, status
order by status, refused_count desc, unit, reason
"""
QUALITY = """
select * from rpt_quality
order by article_count desc, source
"""
EVALUATIONS = """
select label_set, figure, value, counted, evaluated_at
from evaluations
qualify row_number() over (
    partition by label_set, figure
    order by evaluated_at desc, evaluation_id
) = 1
order by label_set, figure
"""
PROOFS = """
select
    split_part(check_name, ':', 1) as kind,
    count(*) as check_count,
    count(*) filter (where is_passed) as passed_count
from rpt_checks
where starts_with(check_name, 'canary:') or starts_with(check_name, 'contract:')
group by kind
order by kind
"""
CHECKS = """
select *
from rpt_checks
where not starts_with(check_name, 'canary:') and not starts_with(check_name, 'contract:')
order by is_passed, severity, check_name, source
"""
INCIDENTS = """
select incident_id, check_name, source, severity, status, opened_at, message
from incidents
where closed_at is null
order by severity, opened_at desc, incident_id
limit 20
"""
CHANGES = """
select
    table_name,
    field,
    change,
    cause,
    row_count,
    because
from changes
where run_id = (
    select run_id from runs
    where status = 'completed'
    order by started_at desc, run_id desc
    limit 1
)
order by row_count desc, table_name, field, change, cause
limit 40
"""
LEDGER = """
select
    unit_kind,
    disposition,
    reason,
    sum(unit_count)::bigint as unit_count
from rpt_ledger
where run_id = (
    select run_id from runs
    where status = 'completed'
    order by started_at desc, run_id desc
    limit 1
)
group by unit_kind, disposition, reason
order by
    list_position(['page', 'capture', 'record'], unit_kind),
    unit_count desc,
    disposition,
    reason
"""

SCORECARD = """
select
    source,
    dimension,
    arg_max(score, measured_on) as score,
    arg_max(score_before, measured_on) as score_before,
    max(measured_on) as measured_on,
    list(score order by measured_on desc)[1:60] as newest_scores
from rpt_scorecard
group by source, dimension
order by
    source,
    list_position(
        ['completeness', 'validity', 'uniqueness', 'timeliness', 'consistency', 'accuracy'],
        dimension
    )
"""
UNUSUAL = """
select source, measure, measured_on, measured, usual, warn_threshold, is_implausible, cause
from rpt_newest_measures
where is_unusual or is_implausible
order by is_implausible desc, source, measure
limit 30
"""

# The names are those of `tasks.report.read.Report`.
QUERIES = MappingProxyType(
    {
        "run": RUN,
        "totals": TOTALS,
        "months": MONTHS,
        "countries": COUNTRIES,
        "speakers": SPEAKERS,
        "quotes": QUOTES,
        "gaps": GAPS,
        "missing_pages": MISSING_PAGES,
        "refused": REFUSED,
        "quarantine": QUARANTINE,
        "quality": QUALITY,
        "evaluations": EVALUATIONS,
        "proofs": PROOFS,
        "checks": CHECKS,
        "incidents": INCIDENTS,
        "changes": CHANGES,
        "ledger": LEDGER,
        "scorecard": SCORECARD,
        "unusual": UNUSUAL,
    }
)
