-- severity: warn
-- owner: fetching
-- judged: select source, count(*) from articles group by source
-- may judge nothing: articles_have_captures says that there are no articles
-- No article rests on a capture that is known to be cut short.
select
    articles.source,
    articles.article_id,
    captures.capture_id,
    captures.byte_count
from articles
inner join captures on articles.capture_id = captures.capture_id
where captures.completeness = 'incomplete'
