-- One row per speaker and country that an article quoting the speaker names.
-- `quote_count` counts the quotes whose own words name the country; `article_count` the articles
-- that quote the speaker and name it anywhere; `story_count` counts copies of one story once.

with

attributed_quotes as (
    select
        quote_id,
        article_id,
        speaker_id,
        start_offset,
        end_offset
    from stg_quotes
    where speaker_id is not null
),

named_countries as (
    select
        article_id,
        country_code,
        field,
        start_offset,
        end_offset
    from stg_country_mentions
    where country_code is not null
),

paired as (
    select
        attributed_quotes.speaker_id,
        attributed_quotes.quote_id,
        attributed_quotes.article_id,
        named_countries.country_code,
        (
            named_countries.field = 'text'
            and named_countries.start_offset >= attributed_quotes.start_offset
            and named_countries.end_offset <= attributed_quotes.end_offset
        ) as is_in_quote
    from attributed_quotes
    inner join named_countries on attributed_quotes.article_id = named_countries.article_id
)

select
    paired.speaker_id,
    speakers.speaker_name,
    paired.country_code,
    count(distinct paired.quote_id) filter (where paired.is_in_quote) as quote_count,
    count(distinct paired.article_id) as article_count,
    count(distinct articles.copy_cluster_id) as story_count
from paired
inner join stg_speakers as speakers on paired.speaker_id = speakers.speaker_id
inner join stg_articles as articles on paired.article_id = articles.article_id
group by
    paired.speaker_id,
    speakers.speaker_name,
    paired.country_code
