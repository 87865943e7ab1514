-- One row per source, dimension and day: a score from 0 to 1, and that of the four weeks before.
-- What each dimension is stands in docs/operations.md. Accuracy is measured on labelled
-- documents, not by source: its source is empty, its day that of the measurement.
with

filled as (
    select
        source,
        measured_on,
        'completeness' as dimension,
        avg(measured) as score,
        max(judged_count) as judged_count
    from (
        select
            *,
            max(measured) over (partition by source, measure) as highest
        from stg_source_measures
        where measure like '%_filled_share'
    ) as filled_fields
    where highest > 0
    group by
        source,
        measured_on
),

uniqueness as (
    select
        source,
        measured_on,
        'uniqueness' as dimension,
        1 - measured as score,
        judged_count
    from stg_source_measures
    where measure = 'copy_share'
),

timeliness as (
    select
        source,
        measured_on,
        'timeliness' as dimension,
        count(*) over four_weeks
        / (measured_on - greatest(measured_on - 27, min(measured_on) over up_to_now) + 1) as score,
        count(*) over four_weeks as judged_count
    from stg_source_measures
    where measure = 'new_articles'
    window
        four_weeks as (
            partition by source
            order by measured_on
            range between interval 27 days preceding and current row
        ),
        up_to_now as (
            partition by source
            order by measured_on
            rows between unbounded preceding and current row
        )
),

validity as (
    select
        ends.source,
        runs.started_at::date as measured_on,
        'validity' as dimension,
        1 - avg(
            (ends.disposition in ('page_quarantined', 'row_quarantined'))::int
        ) as score,
        count(*) as judged_count
    from stg_dispositions as ends
    inner join stg_runs as runs on ends.run_id = runs.run_id
    where ends.unit_kind in ('capture', 'record')
    group by
        ends.source,
        runs.started_at::date
),

consistency as (
    select
        source,
        checked_at::date as measured_on,
        'consistency' as dimension,
        avg(is_passed::int) as score,
        count(*) as judged_count
    from stg_check_results
    where source != ''
    group by
        source,
        checked_at::date
),

accuracy as (
    select
        '' as source,
        evaluated_at::date as measured_on,
        'accuracy' as dimension,
        avg(value) as score,
        sum(counted)::bigint as judged_count
    from stg_evaluations
    where figure like '%F1'
    group by evaluated_at::date
),

scores as (
    select * from filled
    union all
    select * from validity
    union all
    select * from uniqueness
    union all
    select * from timeliness
    union all
    select * from consistency
    union all
    select * from accuracy
)

select
    source,
    dimension,
    measured_on,
    score,
    judged_count,
    avg(score) over (
        partition by source, dimension
        order by measured_on
        range between interval 28 days preceding and interval 1 day preceding
    ) as score_before
from scores
