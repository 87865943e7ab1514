-- Whose doing the rows of row_changes are: one row of `caused` for each of their fields.
-- Needs: before (the earlier file), runs_before, rules_now (one row), known_corrections.

-- One row for each field, with the capture that its row is read from.
create or replace temp table placed as
with

fields as (
    select
        table_name,
        row_key,
        article_id,
        capture_id,
        speaker_id,
        change,
        unnest(if(change = 'changed', fields, [''])) as field
    from row_changes
)

select
    fields.*,
    coalesce(fields.capture_id, articles.capture_id, old_articles.capture_id) as read_from
from fields
left join articles on fields.article_id = articles.article_id
left join before.articles as old_articles on fields.article_id = old_articles.article_id;

-- Of these captures, those that the earlier file had read, and what has changed since.
create or replace temp table read_before as
with

last_read as (
    select
        dispositions.unit_id as capture_id,
        arg_max(runs_before.run_id, runs_before.started_at) as run_id
    from before.dispositions
    inner join runs_before on dispositions.run_id = runs_before.run_id
    where
        dispositions.unit_kind = 'capture'
        and dispositions.unit_id in (select placed.read_from from placed)
        -- What was held back then is not what readers have.
        and not list_contains(runs_before.held_sources, dispositions.source)
    group by dispositions.unit_id
)

select
    last_read.capture_id,
    runs_before.rules_digest,
    runs_before.corrections_digest,
    rules_now.corrections_digest as corrections_digest_now,
    -- A run of a version that kept no such digests counts as different.
    runs_before.rules_digest != rules_now.rules_digest
    and coalesce(runs_before.parser_digest != rules_now.parser_digest, true)
        as is_other_parser,
    runs_before.rules_digest != rules_now.rules_digest
    and coalesce(runs_before.vocabulary_digest != rules_now.vocabulary_digest, true)
        as is_other_vocabulary,
    runs_before.rules_digest != rules_now.rules_digest
    and coalesce(runs_before.contract_digest != rules_now.contract_digest, true)
        as is_other_contract
from last_read
inner join runs_before on last_read.run_id = runs_before.run_id
cross join rules_now;

-- Corrections in force at one of the two readings of their capture only.
create or replace temp table changed_corrections as
select
    read_before.capture_id,
    known_corrections.table_name,
    known_corrections.text
from read_before
inner join known_corrections on read_before.capture_id = known_corrections.capture_id
where
    known_corrections.corrections_digest
    in (read_before.corrections_digest, read_before.corrections_digest_now)
group by read_before.capture_id, known_corrections.table_name, known_corrections.text
having
    count(distinct known_corrections.corrections_digest) = 1
    and any_value(read_before.corrections_digest != read_before.corrections_digest_now);

-- Rows that a contract has refused, before or now.
create or replace temp table refused_units as
select
    quarantine.table_name,
    quarantine.row_key
from before.quarantine
where quarantine.status = 'open'
union
select
    quarantine.table_name,
    quarantine.row_key
from quarantine
where quarantine.status = 'open';

create or replace temp table caused as
with

-- The page of a capture that was never read before is known, or it is not.
fresh as (
    select
        captures.capture_id,
        count(known.capture_id) > 0 as is_known_page
    from captures
    left join before.captures as known
        on
            captures.source = known.source
            and captures.url = known.url
            and captures.capture_id != known.capture_id
    where captures.capture_id in (select placed.read_from from placed)
    group by captures.capture_id
),

corrected as (
    select distinct
        capture_id,
        table_name
    from changed_corrections
),

explained as (
    select
        placed.table_name,
        placed.row_key,
        placed.article_id,
        placed.speaker_id,
        placed.change,
        placed.field,
        case
            when placed.field = 'copy_cluster_id' then 'other_article'
            when read_before.capture_id is null and fresh.is_known_page then 'changed_page'
            when read_before.capture_id is null and fresh.capture_id is not null
                then 'new_document'
            when corrected.capture_id is not null then 'correction'
            when read_before.is_other_parser and read_before.is_other_vocabulary then 'several'
            when
                read_before.is_other_contract
                and refused_units.row_key is not null
                and (read_before.is_other_parser or read_before.is_other_vocabulary)
                then 'several'
            when read_before.is_other_parser then 'parser'
            when read_before.is_other_vocabulary then 'vocabulary'
            when read_before.is_other_contract then 'contract'
            else 'unexplained'
        end as cause
    from placed
    left join read_before on placed.read_from = read_before.capture_id
    left join fresh on placed.read_from = fresh.capture_id
    left join corrected
        on
            placed.read_from = corrected.capture_id
            and (placed.table_name = corrected.table_name or placed.change != 'changed')
    left join refused_units
        on
            placed.table_name = refused_units.table_name
            and placed.row_key = refused_units.row_key
            and placed.change != 'changed'
    where placed.table_name != 'speakers'
),

-- A speaker follows from the articles that show it.
shown_in as (
    select
        speaker_id,
        article_id
    from quotes
    where speaker_id is not null
    union
    select
        speaker_id,
        article_id
    from before.quotes
    where speaker_id is not null
    union
    select
        speaker_id,
        article_id
    from speaker_roles
    union
    select
        speaker_id,
        article_id
    from before.speaker_roles
    union
    select
        speaker_id,
        article_id
    from speaker_aliases
    union
    select
        speaker_id,
        article_id
    from before.speaker_aliases
),

speakers_explained as (
    select
        placed.table_name,
        placed.row_key,
        placed.article_id,
        placed.speaker_id,
        placed.change,
        placed.field,
        case count(distinct explained.cause)
            when 0 then 'unexplained'
            when 1 then min(explained.cause)
            else 'several'
        end as cause
    from placed
    left join shown_in on placed.speaker_id = shown_in.speaker_id
    left join explained on shown_in.article_id = explained.article_id
    where placed.table_name = 'speakers'
    group by all
)

select distinct * from explained
union all
select * from speakers_explained;
