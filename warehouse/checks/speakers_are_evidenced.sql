-- severity: error
-- owner: loading
-- judged: select count(*) from speakers
-- may judge nothing: a warehouse may hold no speakers yet
-- Every speaker speaks, or holds a role or a name, in an article we have.
with

evidence as (
    select quotes.speaker_id
    from quotes
    union
    select speaker_roles.speaker_id
    from speaker_roles
    union
    select speaker_aliases.speaker_id
    from speaker_aliases
    where speaker_aliases.article_id is not null
)

select
    speakers.speaker_id,
    speakers.speaker_name
from speakers
anti join evidence on speakers.speaker_id = evidence.speaker_id
