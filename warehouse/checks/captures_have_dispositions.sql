-- severity: error
-- owner: loading
-- judged: select source, count(*) from captures where run_id = $run_id group by source
-- may judge nothing: a run may find nothing new
-- Every capture that this run wrote ended in this run.
select
    captures.source,
    captures.capture_id,
    captures.url
from captures
anti join dispositions
    on
        captures.run_id = dispositions.run_id
        and dispositions.unit_kind = 'capture'
        and captures.capture_id = dispositions.unit_id
where captures.run_id = $run_id
