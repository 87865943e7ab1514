-- One row is one refused capture or record, whole, with every reason.
select
    quarantine_id,
    unit_kind,
    source,
    table_name,
    row_key,
    capture_id,
    article_id,
    record,
    reasons,
    rules_digest,
    corrections_digest,
    first_seen_at,
    last_seen_at,
    attempt_count,
    status,
    status_at,
    status_run_id,
    status_reason,
    waived_until,
    run_id
from quarantine
