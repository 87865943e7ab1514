-- One row per source and day on which runs read the source as usual, and it answered.
-- A run of a window of days or of a limited number of pages is no measure of a day.
with

stopped as (
    select distinct
        dispositions.run_id,
        dispositions.source
    from dispositions
    where
        dispositions.unit_kind = 'page'
        and dispositions.reason in ('limit_reached', 'run_interrupted', 'budget_spent')
),

answered as (
    select
        dispositions.run_id,
        dispositions.source,
        count(*) filter (where dispositions.disposition = 'not_modified') as unchanged_count
    from dispositions
    anti join stopped
        on
            dispositions.run_id = stopped.run_id
            and dispositions.source = stopped.source
    where
        dispositions.unit_kind = 'page'
        and dispositions.disposition in ('fetched', 'not_modified')
        and dispositions.source != 'files'
    group by
        dispositions.run_id,
        dispositions.source
)

select
    answered.source,
    runs.started_at::date as measured_on,
    count(*) as run_count,
    max(answered.unchanged_count) as unchanged_count,
    arg_max(runs.rules_digest, (runs.started_at, runs.run_id)) as rules_digest
from answered
inner join runs on answered.run_id = runs.run_id
where runs.since is null and runs.until is null
group by
    answered.source,
    runs.started_at::date
