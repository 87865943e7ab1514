-- severity: error
-- owner: fetching
-- judged: select source, count(*) from pages
--   where run_id = $run_id and disposition = 'fetched' group by source
-- may judge nothing: a run may fetch nothing
-- Every page that this run fetched has its capture, and that capture ended in this run,
-- unless the site says that an older one still holds.
select
    pages.source,
    pages.page_id,
    pages.url,
    pages.capture_id
from pages
anti join dispositions
    on
        pages.run_id = dispositions.run_id
        and dispositions.unit_kind = 'capture'
        and pages.capture_id = dispositions.unit_id
where
    pages.run_id = $run_id
    and pages.disposition = 'fetched'
    and not (pages.reason = 'unchanged' and pages.capture_id is not null)
