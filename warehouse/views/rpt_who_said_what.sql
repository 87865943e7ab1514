-- One row per attributed quote: who said it, in which role, where it stands, about which countries.
-- Left out and counted in rpt_gaps: quotes without a speaker.
-- Of several roles in one article the first by title and affiliation is shown; all are in
-- speaker_roles. `country_codes` are those the article names, in its headline or body.

with

roles as (
    select
        speaker_id,
        article_id,
        title,
        affiliation,
        country_code
    from stg_speaker_roles
    qualify row_number() over (
        partition by speaker_id, article_id
        order by title, affiliation, role_id
    ) = 1
),

countries as (
    select
        article_id,
        list(distinct country_code order by country_code) as country_codes
    from stg_country_mentions
    where country_code is not null
    group by article_id
)

select
    quotes.quote_id,
    articles.published_date,
    articles.published_precision,
    speakers.speaker_name,
    speakers.speaker_kind,
    roles.title as speaker_title,
    roles.affiliation as speaker_affiliation,
    roles.country_code as speaker_country_code,
    quotes.quote_text,
    quotes.quote_kind,
    quotes.cue,
    quotes.confidence,
    articles.headline,
    articles.agency,
    articles.source,
    articles.url,
    articles.copy_cluster_id,
    quotes.speaker_id,
    quotes.article_id,
    articles.capture_id,
    coalesce(countries.country_codes, []) as country_codes
from stg_quotes as quotes
inner join stg_articles as articles on quotes.article_id = articles.article_id
inner join stg_speakers as speakers on quotes.speaker_id = speakers.speaker_id
left join roles
    on
        quotes.speaker_id = roles.speaker_id
        and quotes.article_id = roles.article_id
left join countries on quotes.article_id = countries.article_id
