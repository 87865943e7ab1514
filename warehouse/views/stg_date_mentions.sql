-- One row is one date in the text of an article.
select
    date_mention_id,
    article_id,
    mention_text,
    date_start,
    date_end,
    precision,
    rule,
    agrees_with_weekday,
    candidates,
    start_offset,
    end_offset,
    run_id
from date_mentions
