-- severity: warn
-- owner: extraction
-- threshold: at most 0.2
-- judged: select source, count(*) from articles group by source
-- may judge nothing: articles_have_captures says that there are no articles
-- Most articles have a published date; the share without one is measured.
select
    articles.source,
    count(*) as article_count,
    avg((articles.published_date is null)::int) as measured
from articles
group by articles.source
