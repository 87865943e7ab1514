-- severity: warn
-- owner: extraction
-- judged: select articles.source, count(*) from date_mentions
--   inner join articles on date_mentions.article_id = articles.article_id
--   where date_mentions.agrees_with_weekday is not null group by articles.source
-- may judge nothing: texts may name no weekday beside a date
-- A weekday printed beside a date is that date's; else the page or our reading has a misprint.
select
    articles.source,
    date_mentions.date_mention_id,
    articles.url,
    date_mentions.mention_text,
    date_mentions.date_start
from date_mentions
inner join articles on date_mentions.article_id = articles.article_id
where not date_mentions.agrees_with_weekday
