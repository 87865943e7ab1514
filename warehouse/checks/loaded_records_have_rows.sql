-- severity: error
-- owner: loading
-- judged: select source, count(*) from dispositions
--   where run_id = $run_id and unit_kind = 'record' and disposition = 'loaded' group by source
-- may judge nothing: a run may find nothing new
-- Every record that this run calls loaded is a row of its table.
with

loaded as (
    select
        dispositions.source,
        dispositions.unit_id,
        split_part(dispositions.unit_id, ':', 1) as table_name,
        substring(dispositions.unit_id, strpos(dispositions.unit_id, ':') + 1) as row_key
    from dispositions
    where
        dispositions.run_id = $run_id
        and dispositions.unit_kind = 'record'
        and dispositions.disposition = 'loaded'
),

present as (
    select
        'articles' as table_name,
        articles.article_id as row_key
    from articles
    union all
    select
        'quotes' as table_name,
        quotes.quote_id as row_key
    from quotes
    union all
    select
        'country_mentions' as table_name,
        country_mentions.country_mention_id as row_key
    from country_mentions
    union all
    select
        'date_mentions' as table_name,
        date_mentions.date_mention_id as row_key
    from date_mentions
    union all
    select
        'findings' as table_name,
        findings.finding_id as row_key
    from findings
    union all
    select
        'speaker_roles' as table_name,
        speaker_roles.role_id as row_key
    from speaker_roles
    union all
    select
        'speaker_aliases' as table_name,
        speaker_aliases.alias_id as row_key
    from speaker_aliases
    union all
    select
        'speakers' as table_name,
        speakers.speaker_id as row_key
    from speakers
)

select
    loaded.source,
    loaded.unit_id
from loaded
anti join present
    on
        loaded.table_name = present.table_name
        and loaded.row_key = present.row_key
where
    loaded.table_name in (
        'articles',
        'quotes',
        'country_mentions',
        'date_mentions',
        'findings',
        'speaker_roles',
        'speaker_aliases',
        'speakers'
    )
