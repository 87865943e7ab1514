-- One row per article of a run without a window: the day of its capture, and that of its first.
with

first_captures as (
    select
        article_id,
        min(captured_at) as captured_at
    from article_versions
    group by article_id
)

select
    articles.article_id,
    articles.source,
    articles.run_id,
    articles.capture_id,
    articles.copy_cluster_id,
    articles.layout,
    articles.captured_at::date as captured_on,
    least(articles.captured_at, first_captures.captured_at)::date as first_on,
    case when articles.published_precision = 'day' then articles.published_date end as published_on,
    articles.published_date is not null as has_published_date,
    articles.headline is not null as has_headline,
    articles.subhead is not null as has_subhead,
    articles.section is not null as has_section,
    articles.dateline_place is not null as has_dateline_place,
    articles.agency is not null as has_agency,
    len(articles.byline) > 0 as has_byline,
    articles.language_code is not null as has_language_code
from articles
inner join captures on articles.capture_id = captures.capture_id
inner join runs on captures.run_id = runs.run_id
left join first_captures on articles.article_id = first_captures.article_id
where
    articles.captured_at is not null
    and runs.since is null
    and runs.until is null
