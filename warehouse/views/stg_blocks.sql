-- One row is one block of one page.
select
    capture_id,
    position,
    label,
    character_count,
    run_id
from blocks
