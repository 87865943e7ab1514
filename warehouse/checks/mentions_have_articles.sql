-- severity: error
-- owner: loading
-- judged: select count(*) from country_mentions
-- may judge nothing: a warehouse may hold no mentions yet
-- Every mention of a country belongs to an article we have.
select
    country_mentions.country_mention_id,
    country_mentions.article_id
from country_mentions
anti join articles on country_mentions.article_id = articles.article_id
