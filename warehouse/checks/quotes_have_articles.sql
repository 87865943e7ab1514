-- severity: error
-- owner: loading
-- judged: select count(*) from quotes
-- may judge nothing: a warehouse may hold no quotes yet
-- Every quote belongs to an article we have.
select
    quotes.quote_id,
    quotes.article_id
from quotes
anti join articles on quotes.article_id = articles.article_id
