-- severity: error
-- owner: extraction
-- judged: select source, count(*) from articles
--   where published_date is not null and captured_at is not null group by source
-- may judge nothing: saved files have no time of capture
-- No article is published after the capture that shows it; a day is allowed for time zones.
select
    articles.source,
    articles.article_id,
    articles.published_date,
    articles.captured_at
from articles
where articles.published_date > (articles.captured_at at time zone 'UTC')::date + 1
