-- One row is one execution of a flow.
select
    run_id,
    flow,
    sources,
    since,
    until,
    started_at,
    finished_at,
    status,
    onrecord_version,
    rules_digest,
    corrections_digest,
    page_count,
    capture_count,
    record_count,
    quarantined_count,
    generation,
    message,
    held_sources,
    parser_digest,
    vocabulary_digest,
    contract_digest
from runs
