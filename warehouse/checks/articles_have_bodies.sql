-- severity: error
-- owner: extraction
-- judged: select source, count(*) from articles
--   where $written_by::varchar is null or run_id = $written_by group by source
-- may judge nothing: a run may find nothing new
-- Every article has words.
select
    articles.source,
    articles.article_id,
    articles.url
from articles
where
    ($written_by::varchar is null or articles.run_id = $written_by)
    and (articles.word_count < 1 or trim(articles.body_text) = '')
