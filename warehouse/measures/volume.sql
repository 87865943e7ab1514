-- Articles never seen before, and those that the day before is the stated day of. None is 0.
with

first_seen as (
    select
        source,
        first_on,
        count(*) as article_count
    from measured_articles
    group by
        source,
        first_on
),

seen_in_time as (
    select
        source,
        published_on,
        count(*) as article_count
    from measured_articles
    where first_on between published_on and published_on + 1
    group by
        source,
        published_on
)

select
    measured_days.source,
    measured_days.measured_on,
    'new_articles' as measure,
    coalesce(first_seen.article_count, 0)::double as measured,
    coalesce(first_seen.article_count, 0) as judged_count
from measured_days
left join first_seen
    on
        measured_days.source = first_seen.source
        and measured_days.measured_on = first_seen.first_on

union all

select
    measured_days.source,
    measured_days.measured_on,
    'articles_of_the_day_before' as measure,
    coalesce(seen_in_time.article_count, 0)::double as measured,
    coalesce(seen_in_time.article_count, 0) as judged_count
from measured_days
left join seen_in_time
    on
        measured_days.source = seen_in_time.source
        and measured_days.measured_on - 1 = seen_in_time.published_on
