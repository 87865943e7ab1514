-- severity: error
-- owner: extraction
-- judged: select articles.source, count(*) from date_mentions
--   inner join articles on date_mentions.article_id = articles.article_id
--   where $written_by::varchar is null
--   or date_mentions.run_id = $written_by or articles.run_id = $written_by
--   group by articles.source
-- may judge nothing: a run may find nothing new, and an archive none of these
-- The words of every date stand in the body at its offsets.
select
    articles.source,
    date_mentions.date_mention_id,
    date_mentions.mention_text
from date_mentions
inner join articles on date_mentions.article_id = articles.article_id
where
    (
        $written_by::varchar is null
        or date_mentions.run_id = $written_by
        or articles.run_id = $written_by
    )
    and date_mentions.mention_text != substring(
        articles.body_text,
        date_mentions.start_offset + 1,
        date_mentions.end_offset - date_mentions.start_offset
    )
