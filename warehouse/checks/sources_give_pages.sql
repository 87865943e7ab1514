-- severity: error
-- owner: fetching
-- judged: select len($sources)
-- may judge nothing: a replay asks no source for pages
-- Every source that this run was to read gave at least one page, read or not.
with

asked as (
    select unnest($sources) as source_name
),

listed as (
    select dispositions.source
    from dispositions
    where dispositions.run_id = $run_id and dispositions.unit_kind = 'page'
)

select asked.source_name as source
from asked
anti join listed on asked.source_name = listed.source
