-- One row per run, source, kind of unit, disposition and reason.

with

ended as (
    select
        run_id,
        source,
        unit_kind,
        disposition,
        reason,
        count(*) as unit_count
    from stg_dispositions
    group by
        run_id,
        source,
        unit_kind,
        disposition,
        reason
)

select
    ended.run_id,
    runs.flow,
    runs.started_at,
    runs.status,
    ended.source,
    ended.unit_kind,
    ended.disposition,
    ended.reason,
    ended.unit_count
from ended
left join stg_runs as runs on ended.run_id = runs.run_id
