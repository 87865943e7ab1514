-- Direct quotes without a speaker, and quotes in an article; an article without any counts too.
with

quote_counts as (
    select
        article_id,
        count(*) filter (where quote_kind != 'term') as quote_count,
        count(*) filter (where quote_kind = 'direct') as direct_count,
        count(*) filter (where quote_kind = 'direct' and speaker_id is null) as unattributed_count
    from quotes
    group by article_id
),

days as (
    select
        measured_articles.source,
        measured_articles.captured_on as measured_on,
        count(*) as article_count,
        coalesce(sum(quote_counts.quote_count), 0) as quote_count,
        coalesce(sum(quote_counts.direct_count), 0) as direct_count,
        coalesce(sum(quote_counts.unattributed_count), 0) as unattributed_count
    from measured_articles
    left join quote_counts on measured_articles.article_id = quote_counts.article_id
    group by
        measured_articles.source,
        measured_articles.captured_on
)

select
    source,
    measured_on,
    'quotes_per_article' as measure,
    quote_count / article_count as measured,
    article_count as judged_count
from days

union all

select
    source,
    measured_on,
    'unattributed_share' as measure,
    unattributed_count / direct_count as measured,
    direct_count::bigint as judged_count
from days
where direct_count > 0
