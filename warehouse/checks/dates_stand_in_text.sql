-- severity: error
-- owner: extraction
-- judged: select articles.source, count(*) from date_mentions
--   inner join articles on date_mentions.article_id = articles.article_id group by articles.source
-- may judge nothing: a warehouse may hold no dates yet
-- The words of every date stand in the body at its offsets.
select
    articles.source,
    date_mentions.date_mention_id,
    date_mentions.mention_text
from date_mentions
inner join articles on date_mentions.article_id = articles.article_id
where
    date_mentions.mention_text != substring(
        articles.body_text,
        date_mentions.start_offset + 1,
        date_mentions.end_offset - date_mentions.start_offset
    )
