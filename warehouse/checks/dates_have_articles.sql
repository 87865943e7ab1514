-- severity: error
-- owner: loading
-- judged: select count(*) from date_mentions
-- may judge nothing: a warehouse may hold no dates yet
-- Every date found in a text belongs to an article we have.
select
    date_mentions.date_mention_id,
    date_mentions.article_id
from date_mentions
anti join articles on date_mentions.article_id = articles.article_id
