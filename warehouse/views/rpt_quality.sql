-- One row per source: how much of what a reader asks for is filled in.
-- Shares are of the source's articles, direct quotes, mentions or characters of its pages.

with

article_shares as (
    select
        source,
        count(*) as article_count,
        count(distinct copy_cluster_id) as story_count,
        min(published_date) as first_published_date,
        max(published_date) as last_published_date,
        avg((published_date is not null)::int) as dated_share,
        avg((headline is not null)::int) as headline_share,
        avg((agency is not null)::int) as agency_share,
        avg((dateline_place is not null)::int) as dateline_share
    from stg_articles
    group by source
),

quote_shares as (
    select
        articles.source,
        count(*) as quote_count,
        avg((quotes.speaker_id is null)::int) filter (
            where quotes.quote_kind = 'direct'
        ) as unattributed_share
    from stg_quotes as quotes
    inner join stg_articles as articles on quotes.article_id = articles.article_id
    group by articles.source
),

country_shares as (
    select
        articles.source,
        count(*) as country_mention_count,
        avg((mentions.country_code is null)::int) as ambiguous_country_share
    from stg_country_mentions as mentions
    inner join stg_articles as articles on mentions.article_id = articles.article_id
    group by articles.source
),

block_shares as (
    select
        captures.source,
        sum(case when blocks.label = 'unknown' then blocks.character_count else 0 end)
        / nullif(sum(blocks.character_count), 0) as unknown_block_share
    from stg_blocks as blocks
    inner join stg_captures as captures on blocks.capture_id = captures.capture_id
    group by captures.source
),

waiting as (
    select
        source,
        count(*) as quarantined_count
    from stg_quarantine
    where status = 'open'
    group by source
)

select
    article_shares.source,
    article_shares.article_count,
    article_shares.story_count,
    article_shares.first_published_date,
    article_shares.last_published_date,
    article_shares.dated_share,
    article_shares.headline_share,
    article_shares.agency_share,
    article_shares.dateline_share,
    quote_shares.unattributed_share,
    country_shares.ambiguous_country_share,
    block_shares.unknown_block_share,
    coalesce(quote_shares.quote_count, 0) as quote_count,
    coalesce(country_shares.country_mention_count, 0) as country_mention_count,
    coalesce(waiting.quarantined_count, 0) as quarantined_count
from article_shares
left join quote_shares on article_shares.source = quote_shares.source
left join country_shares on article_shares.source = country_shares.source
left join block_shares on article_shares.source = block_shares.source
left join waiting on article_shares.source = waiting.source
