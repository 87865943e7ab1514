-- The share of the people and bodies quoted that day whom the source had never quoted before.
with

speaker_days as (
    select distinct
        measured_articles.source,
        measured_articles.captured_on,
        quotes.speaker_id
    from quotes
    inner join measured_articles on quotes.article_id = measured_articles.article_id
    where quotes.speaker_id is not null
),

with_first_day as (
    select
        source,
        captured_on,
        captured_on = min(captured_on) over (partition by source, speaker_id) as is_new
    from speaker_days
)

select
    source,
    captured_on as measured_on,
    'new_speaker_share' as measure,
    avg(is_new::int) as measured,
    count(*) as judged_count
from with_first_day
group by
    source,
    captured_on
