-- One row per source and measure: its newest day, beside what was usual till then.
-- Left out: measures that no bound is known for yet. The threshold is that on the value's side.
with

newest as (
    select
        *,
        measured < usual as is_low
    from stg_source_measures
    where coalesce(warn_low, warn_high, error_low, error_high) is not null
    qualify measured_on = max(measured_on) over (partition by source)
)

select
    source,
    measure,
    measured_on,
    measured,
    usual,
    judged_count,
    history_count,
    case when is_low then warn_low else warn_high end as warn_threshold,
    case when is_low then error_low else error_high end as error_threshold,
    coalesce(measured < warn_low or measured > warn_high, false) as is_unusual,
    coalesce(measured < error_low or measured > error_high, false) as is_implausible,
    case when rules_changed then 'the rules changed' else 'the pages changed' end as cause
from newest
