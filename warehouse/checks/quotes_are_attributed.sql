-- severity: warn
-- owner: extraction
-- threshold: at most 0.5
-- judged: select articles.source, count(*) from quotes
--   inner join articles on quotes.article_id = articles.article_id
--   where quotes.quote_kind = 'direct' group by articles.source
-- may judge nothing: a warehouse may hold no quotes yet
-- Most direct quotes have a speaker; the share without one is measured.
select
    articles.source,
    count(*) as quote_count,
    avg((quotes.speaker_id is null)::int) as measured
from quotes
inner join articles on quotes.article_id = articles.article_id
where quotes.quote_kind = 'direct'
group by articles.source
