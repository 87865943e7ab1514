-- One row is one day of one source, or one longer period that a listing speaks for.
select
    completeness_id,
    source,
    period,
    first_date,
    last_date,
    expected_by,
    expected_count,
    listed_count,
    fetched_count,
    parsed_count,
    loaded_count,
    published_count,
    missing_count,
    state,
    reason,
    detail,
    try_count,
    next_try_at,
    missing_since,
    tolerated_until,
    explanation
from completeness
