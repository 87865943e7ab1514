-- severity: error
-- owner: extraction
-- judged: select articles.source, count(*) from quotes
--   inner join articles on quotes.article_id = articles.article_id group by articles.source
-- may judge nothing: a warehouse may hold no quotes yet
-- The words of every quote stand in the body at its offsets, marks included.
select
    articles.source,
    quotes.quote_id,
    quotes.quote_text
from quotes
inner join articles on quotes.article_id = articles.article_id
where
    quotes.quote_text != substring(
        articles.body_text,
        quotes.start_offset + 1,
        quotes.end_offset - quotes.start_offset
    )
