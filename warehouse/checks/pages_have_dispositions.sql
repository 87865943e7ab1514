-- severity: error
-- owner: loading
-- judged: select source, count(*) from pages
--   where run_id = $run_id and url is not null and disposition != 'fetched' group by source
-- may judge nothing: a run may find no page in a new state
-- Every page that this run could not fetch ended in this run, in the state it has.
-- Those that were fetched are in fetched_pages_have_captures: a saved page ends under its path.
select
    pages.source,
    pages.url,
    pages.disposition
from pages
anti join dispositions
    on
        pages.run_id = dispositions.run_id
        and dispositions.unit_kind = 'page'
        and pages.url = dispositions.unit_id
        and pages.disposition = dispositions.disposition
where
    pages.run_id = $run_id
    and pages.url is not null
    and pages.disposition != 'fetched'
