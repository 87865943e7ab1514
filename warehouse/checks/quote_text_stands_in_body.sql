-- severity: error
-- owner: extraction
-- judged: select articles.source, count(*) from quotes
--   inner join articles on quotes.article_id = articles.article_id
--   where $written_by::varchar is null
--   or quotes.run_id = $written_by or articles.run_id = $written_by
--   group by articles.source
-- may judge nothing: a run may find nothing new, and an archive none of these
-- The words of every quote stand in the body at its offsets, marks included.
select
    articles.source,
    quotes.quote_id,
    quotes.quote_text
from quotes
inner join articles on quotes.article_id = articles.article_id
where
    (
        $written_by::varchar is null
        or quotes.run_id = $written_by
        or articles.run_id = $written_by
    )
    and quotes.quote_text != substring(
        articles.body_text,
        quotes.start_offset + 1,
        quotes.end_offset - quotes.start_offset
    )
