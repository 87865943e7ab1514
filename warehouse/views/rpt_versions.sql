-- One row per version of an article: what it said, and when it was first and last seen to say so.
-- A version is seen again by every later answer that says that nothing changed.

with

versions as (
    select
        article_id,
        capture_id,
        captured_at,
        published_date,
        headline,
        subhead,
        body_text,
        superseded_by_capture_id,
        differences
    from stg_article_versions
    union all
    select
        article_id,
        capture_id,
        captured_at,
        published_date,
        headline,
        subhead,
        body_text,
        null as superseded_by_capture_id,
        [] as differences
    from stg_articles
),

ordered as (
    select
        *,
        row_number() over (
            partition by article_id
            order by captured_at nulls first, capture_id
        ) as version_number,
        lead(captured_at) over (
            partition by article_id
            order by captured_at nulls first, capture_id
        ) as next_captured_at
    from versions
),

addresses as (
    select
        articles.article_id,
        coalesce(pages.url, articles.url) as url
    from stg_articles as articles
    left join stg_pages as pages on articles.capture_id = pages.capture_id
),

seen_again as (
    select
        addresses.article_id,
        runs.started_at
    from addresses
    inner join stg_dispositions as ends
        on
            addresses.url = ends.unit_id
            and ends.unit_kind = 'page'
            and ends.disposition = 'not_modified'
    inner join stg_runs as runs on ends.run_id = runs.run_id
),

last_seen as (
    select
        ordered.article_id,
        ordered.capture_id,
        max(seen_again.started_at) as seen_at
    from ordered
    inner join seen_again
        on
            ordered.article_id = seen_again.article_id
            and ordered.captured_at < seen_again.started_at
            and coalesce(ordered.next_captured_at > seen_again.started_at, true)
    group by
        ordered.article_id,
        ordered.capture_id
)

select
    ordered.article_id,
    ordered.version_number,
    ordered.capture_id,
    ordered.captured_at as first_seen_at,
    ordered.published_date,
    ordered.headline,
    ordered.subhead,
    ordered.body_text,
    ordered.differences,
    coalesce(last_seen.seen_at, ordered.captured_at) as last_seen_at,
    ordered.superseded_by_capture_id is null as is_newest
from ordered
left join last_seen
    on
        ordered.article_id = last_seen.article_id
        and ordered.capture_id = last_seen.capture_id
