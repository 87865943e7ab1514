-- One row is the outcome of one check on one source in one run.
select
    run_id,
    check_name,
    source,
    severity,
    judged_count,
    failed_count,
    threshold,
    measured,
    is_passed,
    sample,
    checked_at
from check_results
