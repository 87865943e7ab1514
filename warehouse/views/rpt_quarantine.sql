-- One row per source, table, reason and status of what was refused; a record counts once a reason.
-- `table_name` is empty for a whole capture.

with

refusals as (
    select
        source,
        status,
        first_seen_at,
        last_seen_at,
        coalesce(table_name, '') as table_name,
        unnest(reasons) as reason
    from stg_quarantine
)

select
    source,
    table_name,
    reason,
    status,
    count(*) as refused_count,
    min(first_seen_at) as first_seen_at,
    max(last_seen_at) as last_seen_at
from refusals
group by
    source,
    table_name,
    reason,
    status
