-- severity: error
-- owner: loading
-- judged: select count(*) from dispositions where run_id = $run_id
-- may judge nothing: a window of an archive may hold no page
-- Every row whose content this run wrote is a record that this run loaded.
with

written as (
    select 'articles:' || articles.article_id as unit_id
    from articles
    where articles.run_id = $run_id
    union all
    select 'quotes:' || quotes.quote_id as unit_id
    from quotes
    where quotes.run_id = $run_id
    union all
    select 'country_mentions:' || country_mentions.country_mention_id as unit_id
    from country_mentions
    where country_mentions.run_id = $run_id
    union all
    select 'date_mentions:' || date_mentions.date_mention_id as unit_id
    from date_mentions
    where date_mentions.run_id = $run_id
    union all
    select 'findings:' || findings.finding_id as unit_id
    from findings
    where findings.run_id = $run_id
    union all
    select 'speaker_roles:' || speaker_roles.role_id as unit_id
    from speaker_roles
    where speaker_roles.run_id = $run_id
    union all
    select 'speaker_aliases:' || speaker_aliases.alias_id as unit_id
    from speaker_aliases
    where speaker_aliases.run_id = $run_id and speaker_aliases.origin = 'extracted'
)

select written.unit_id
from written
anti join dispositions
    on
        written.unit_id = dispositions.unit_id
        and dispositions.run_id = $run_id
        and dispositions.unit_kind = 'record'
        and dispositions.disposition = 'loaded'
