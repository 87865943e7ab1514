-- One row is one spelling of one speaker's name.
select
    alias_id,
    speaker_id,
    alias,
    origin,
    article_id,
    run_id
from speaker_aliases
