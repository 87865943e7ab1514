-- severity: warn
-- owner: fetching
-- judged: select len($sources)
-- may judge nothing: a replay asks no source for pages
-- Every source that this run was to read whole gave at least one page, new or known.
-- One that is down is told of and blocks nobody: what the other sources gave is published.
-- Of a window of days nothing is expected: it may hold no page.
with

windows as (
    select runs.run_id
    from runs
    where runs.run_id = $run_id and (runs.since is not null or runs.until is not null)
),

asked as (
    select unnest($sources) as source_name
    where not exists (select windows.run_id from windows)
),

listed as (
    select dispositions.source
    from dispositions
    where
        dispositions.run_id = $run_id
        and dispositions.unit_kind = 'page'
        and dispositions.disposition in ('fetched', 'not_modified')
)

select asked.source_name as source
from asked
anti join listed on asked.source_name = listed.source
