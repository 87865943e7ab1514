-- One row is one failure of one check on one source, from its opening to its end.
select
    incident_id,
    check_name,
    source,
    severity,
    status,
    opened_at,
    opened_run_id,
    closed_at,
    closed_run_id,
    message,
    evidence,
    owner,
    acknowledged_at,
    acknowledged_by,
    next_step,
    failed_count,
    is_flapping
from incidents
