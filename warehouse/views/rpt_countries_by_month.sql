-- One row per country and calendar month in which articles name it.
-- `story_count` counts copies of one story once, `article_count` each of them.
-- Left out and counted in rpt_gaps: mentions that could be several countries, undated articles.

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
    mentions.country_code,
    dated_articles.published_month,
    count(*) as mention_count,
    count(distinct mentions.article_id) as article_count,
    count(distinct dated_articles.copy_cluster_id) as story_count
from stg_country_mentions as mentions
inner join dated_articles on mentions.article_id = dated_articles.article_id
where mentions.country_code is not null
group by
    mentions.country_code,
    dated_articles.published_month
