-- severity: warn
-- owner: extraction
-- judged: select articles.source, count(*) from date_mentions
--   inner join articles on date_mentions.article_id = articles.article_id
--   where date_mentions.date_start is not null and articles.published_date is not null
--   group by articles.source
-- may judge nothing: texts may name no date
-- A weekday or "yesterday" is within two weeks of the article, a day without its year within one
-- year, and no date is more than a century ahead; else the text or the published date is misread.
with

told as (
    select
        articles.source,
        articles.url,
        articles.published_date,
        date_mentions.date_mention_id,
        date_mentions.mention_text,
        date_mentions.date_start,
        date_mentions.date_start - articles.published_date as days_ahead,
        case
            when date_mentions.rule in ('weekday', 'which_weekday', 'deictic') then 14
            when
                date_mentions.rule in ('month_day', 'day_month', 'which_month_day')
                and articles.published_precision = 'day'
                then 366
        end as most_days
    from date_mentions
    inner join articles on date_mentions.article_id = articles.article_id
    where date_mentions.date_start is not null and articles.published_date is not null
)

select
    told.source,
    told.date_mention_id,
    told.url,
    told.mention_text,
    told.date_start,
    told.published_date
from told
where abs(told.days_ahead) > told.most_days or told.days_ahead > 36525
