-- One row per speaker and calendar month.
-- `story_count` counts copies of one story once, `article_count` each of them.
-- Left out and counted in rpt_gaps: quotes without a speaker, articles without a month.

with

dated_articles as (
    select
        article_id,
        copy_cluster_id,
        date_trunc('month', published_date)::date as published_month
    from stg_articles
    where
        published_date is not null
        and published_precision in ('day', 'week', 'month')
)

select
    quotes.speaker_id,
    speakers.speaker_name,
    dated_articles.published_month,
    count(*) as quote_count,
    count(distinct quotes.article_id) as article_count,
    count(distinct dated_articles.copy_cluster_id) as story_count
from stg_quotes as quotes
inner join dated_articles on quotes.article_id = dated_articles.article_id
inner join stg_speakers as speakers on quotes.speaker_id = speakers.speaker_id
group by
    quotes.speaker_id,
    speakers.speaker_name,
    dated_articles.published_month
