-- One row per source and kind of gap: what the other reports leave out, counted.
-- `gap_count` of `whole_count` are missing.

with

judged as (
    select
        source,
        'articles without a published date' as gap,
        published_date is null as is_gap
    from stg_articles
    union all
    select
        source,
        'articles dated no closer than a quarter' as gap,
        coalesce(published_precision in ('quarter', 'year', 'decade'), false) as is_gap
    from stg_articles
    union all
    select
        source,
        'articles without a headline' as gap,
        headline is null as is_gap
    from stg_articles
    union all
    select
        source,
        'articles without an agency' as gap,
        agency is null as is_gap
    from stg_articles
    union all
    select
        source,
        'articles whose dateline place has no country' as gap,
        (dateline_place is not null and dateline_country_code is null) as is_gap
    from stg_articles
    union all
    select
        articles.source,
        'direct quotes without a speaker' as gap,
        found.speaker_id is null as is_gap
    from stg_quotes as found
    inner join stg_articles as articles on found.article_id = articles.article_id
    where found.quote_kind = 'direct'
    union all
    select
        articles.source,
        'quotes whose speaker is one of several' as gap,
        (found.speaker_id is null and len(found.candidates) > 0) as is_gap
    from stg_quotes as found
    inner join stg_articles as articles on found.article_id = articles.article_id
    union all
    select
        articles.source,
        'quotes whose closing mark is lost' as gap,
        not found.is_closed as is_gap
    from stg_quotes as found
    inner join stg_articles as articles on found.article_id = articles.article_id
    union all
    select
        articles.source,
        'mentions that could be several countries' as gap,
        found.country_code is null as is_gap
    from stg_country_mentions as found
    inner join stg_articles as articles on found.article_id = articles.article_id
    union all
    select
        articles.source,
        'dates in texts that could not be resolved' as gap,
        found.date_start is null as is_gap
    from stg_date_mentions as found
    inner join stg_articles as articles on found.article_id = articles.article_id
)

select
    source,
    gap,
    count(*) as whole_count,
    count(*) filter (where is_gap) as gap_count
from judged
group by
    source,
    gap
