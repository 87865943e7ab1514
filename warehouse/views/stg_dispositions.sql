-- One row is the one end of one page, capture or record in one run.
select
    run_id,
    unit_kind,
    unit_id,
    disposition,
    reason,
    source
from dispositions
