-- The share of the known pages asked for again that day whose article had been changed.
with

edited as (
    select
        measured_articles.source,
        captures.captured_at::date as measured_on,
        count(distinct article_versions.article_id) as article_count
    from article_versions
    inner join captures on article_versions.superseded_by_capture_id = captures.capture_id
    inner join measured_articles
        on article_versions.article_id = measured_articles.article_id
    group by
        measured_articles.source,
        captures.captured_at::date
)

select
    measured_days.source,
    measured_days.measured_on,
    'edited_share' as measure,
    coalesce(edited.article_count, 0)
    / (coalesce(edited.article_count, 0) + measured_days.unchanged_count) as measured,
    coalesce(edited.article_count, 0) + measured_days.unchanged_count as judged_count
from measured_days
left join edited
    on
        measured_days.source = edited.source
        and measured_days.measured_on = edited.measured_on
where coalesce(edited.article_count, 0) + measured_days.unchanged_count > 0
