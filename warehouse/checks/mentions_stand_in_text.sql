-- severity: error
-- owner: extraction
-- judged: select articles.source, count(*) from country_mentions
--   inner join articles on country_mentions.article_id = articles.article_id
--   where $written_by::varchar is null
--   or country_mentions.run_id = $written_by or articles.run_id = $written_by
--   group by articles.source
-- may judge nothing: a run may find nothing new, and an archive none of these
-- The words of every mention stand at its offsets, in the field it names.
select
    articles.source,
    country_mentions.country_mention_id,
    country_mentions.field,
    country_mentions.mention_text
from country_mentions
inner join articles on country_mentions.article_id = articles.article_id
where
    (
        $written_by::varchar is null
        or country_mentions.run_id = $written_by
        or articles.run_id = $written_by
    )
    and country_mentions.mention_text is distinct from substring(
        case
            when country_mentions.field = 'headline' then articles.headline
            else articles.body_text
        end,
        country_mentions.start_offset + 1,
        country_mentions.end_offset - country_mentions.start_offset
    )
