-- One row is one passage in quotation marks.
select
    quote_id,
    article_id,
    position,
    quote_text,
    start_offset,
    end_offset,
    quote_kind,
    is_closed,
    statement,
    speaker_id,
    mention_text,
    mention_start,
    mention_end,
    cue,
    rule,
    confidence,
    candidates,
    run_id
from quotes
