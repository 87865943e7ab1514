-- severity: error
-- owner: loading
-- judged: select source, count(*) from dispositions
--   where run_id = $run_id and disposition in ('row_quarantined', 'page_quarantined')
--   group by source
-- may judge nothing: a run may refuse nothing
-- Every capture and record that this run refused waits in quarantine, whole.
select
    dispositions.source,
    dispositions.unit_kind,
    dispositions.unit_id,
    dispositions.reason
from dispositions
anti join quarantine
    on
        dispositions.unit_kind = quarantine.unit_kind
        and dispositions.unit_id = case
            when quarantine.unit_kind = 'capture' then quarantine.capture_id
            else quarantine.table_name || ':' || quarantine.row_key
        end
where
    dispositions.run_id = $run_id
    and dispositions.disposition in ('row_quarantined', 'page_quarantined')
