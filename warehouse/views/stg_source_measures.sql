-- One row per source, measure and day, as the table has it.
select
    source,
    measure,
    measured_on,
    measured,
    judged_count,
    rules_digest,
    is_quiet,
    history_count,
    rules_changed,
    usual,
    warn_low,
    warn_high,
    error_low,
    error_high
from source_measures
