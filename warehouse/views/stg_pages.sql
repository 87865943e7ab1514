-- One row is one address or file of one source, in its latest state.
select
    page_id,
    source,
    url,
    first_listed_at,
    disposition,
    reason,
    next_try_at,
    capture_id,
    run_id,
    listed_date,
    try_count
from pages
