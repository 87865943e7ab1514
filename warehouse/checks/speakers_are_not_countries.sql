-- severity: warn
-- owner: extraction
-- judged: select count(*) from speakers where speaker_kind = 'person'
-- may judge nothing: a warehouse may hold no speakers yet
-- No person is called what we read as a country elsewhere.
with

country_words as (
    select distinct lower(country_mentions.mention_text) as word
    from country_mentions
    where country_mentions.mention_kind in ('name', 'demonym', 'abbreviation')
)

select
    speakers.speaker_id,
    speakers.speaker_name
from speakers
semi join country_words on lower(speakers.speaker_name) = country_words.word
where speakers.speaker_kind = 'person'
