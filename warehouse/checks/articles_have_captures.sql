-- severity: error
-- owner: loading
-- judged: select source, count(*) from articles group by source
-- Every article leads back to the capture it was read from.
select
    articles.source,
    articles.article_id,
    articles.capture_id
from articles
anti join captures on articles.capture_id = captures.capture_id
