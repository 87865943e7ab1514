-- One row is a page that was known and is gone, with the evidence.
select
    tombstone_id,
    source,
    url,
    article_id,
    reason,
    http_status,
    evidence,
    first_seen_at,
    run_id
from tombstones
