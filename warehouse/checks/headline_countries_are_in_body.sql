-- severity: warn
-- owner: extraction
-- judged: select articles.source, count(*) from country_mentions
--   inner join articles on country_mentions.article_id = articles.article_id
--   where country_mentions.field = 'headline' and country_mentions.country_code is not null
--   group by articles.source
-- may judge nothing: headlines may name no country
-- A country named in a headline is named in the body too; else one of the two was read wrongly.
select
    articles.source,
    in_headline.country_mention_id,
    in_headline.article_id,
    in_headline.mention_text,
    in_headline.country_code
from country_mentions as in_headline
inner join articles on in_headline.article_id = articles.article_id
anti join country_mentions as in_body
    on
        in_headline.article_id = in_body.article_id
        and in_headline.country_code = in_body.country_code
        and in_body.field = 'text'
where in_headline.field = 'headline' and in_headline.country_code is not null
