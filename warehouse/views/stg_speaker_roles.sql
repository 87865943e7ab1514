-- One row is one role of one speaker as evidenced by one article.
select
    role_id,
    speaker_id,
    title,
    affiliation,
    country_code,
    evidenced_from,
    evidenced_to,
    article_id,
    run_id
from speaker_roles
