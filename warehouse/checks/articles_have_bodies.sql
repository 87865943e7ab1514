-- severity: error
-- owner: extraction
-- judged: select source, count(*) from articles group by source
-- Every article has words.
select
    articles.source,
    articles.article_id,
    articles.url
from articles
where articles.word_count < 1 or trim(articles.body_text) = ''
