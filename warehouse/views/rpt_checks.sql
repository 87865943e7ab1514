-- One row per check and source: its latest answer, and since when it has not passed.

with

latest as (
    select
        check_name,
        source,
        severity,
        run_id,
        is_passed,
        judged_count,
        failed_count,
        threshold,
        measured,
        checked_at
    from stg_check_results
    qualify row_number() over (
        partition by check_name, source
        order by checked_at desc, run_id desc
    ) = 1
),

last_passes as (
    select
        check_name,
        source,
        max(checked_at) as last_passed_at
    from stg_check_results
    where is_passed
    group by
        check_name,
        source
)

select
    latest.check_name,
    latest.source,
    latest.severity,
    latest.is_passed,
    latest.judged_count,
    latest.failed_count,
    latest.threshold,
    latest.measured,
    latest.checked_at,
    latest.run_id,
    last_passes.last_passed_at
from latest
left join last_passes
    on
        latest.check_name = last_passes.check_name
        and latest.source = last_passes.source
