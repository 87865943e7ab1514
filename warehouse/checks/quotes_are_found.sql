-- severity: warn
-- owner: extraction
-- threshold: at most 0.9
-- judged: select source, count(*) from articles group by source
-- may judge nothing: articles_have_captures says that there are no articles
-- Some articles of every source quote somebody; the share that quotes nobody is measured.
-- Sources of fewer than 20 articles are counted and not measured.
with

quoted as (
    select distinct quotes.article_id
    from quotes
)

select
    articles.source,
    count(*) as article_count,
    case when count(*) >= 20 then avg((quoted.article_id is null)::int) end as measured
from articles
left join quoted on articles.article_id = quoted.article_id
group by articles.source
