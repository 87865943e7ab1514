-- One row is one occurrence of a country in an article.
select
    country_mention_id,
    article_id,
    country_code,
    mention_text,
    mention_kind,
    field,
    start_offset,
    end_offset,
    rule,
    candidates,
    run_id
from country_mentions
