-- severity: error
-- owner: loading
-- judged: select count(*) from speaker_roles
-- may judge nothing: a warehouse may hold no roles yet
-- Every role belongs to a speaker we know and an article we have.
select
    speaker_roles.role_id,
    speaker_roles.speaker_id,
    speaker_roles.article_id
from speaker_roles
left join speakers on speaker_roles.speaker_id = speakers.speaker_id
left join articles on speaker_roles.article_id = articles.article_id
where speakers.speaker_id is null or articles.article_id is null
