-- severity: error
-- owner: loading
-- judged: select count(*) from quotes where speaker_id is not null
-- may judge nothing: a warehouse may hold no attributed quotes yet
-- Every attributed quote belongs to a speaker we know.
select
    quotes.quote_id,
    quotes.speaker_id
from quotes
anti join speakers on quotes.speaker_id = speakers.speaker_id
where quotes.speaker_id is not null
