-- severity: warn
-- owner: extraction
-- threshold: of each row
-- judged: select source, count(*) from rpt_newest_measures
--   where measure = 'new_layout_share' group by source
-- may judge nothing: a source is judged by its own days, once there are enough of them
-- Few of the day's pages are made up as none of the source ever was.
select
    source,
    measure,
    measured_on,
    measured,
    usual,
    judged_count,
    cause,
    warn_threshold as threshold,
    is_unusual as is_broken
from rpt_newest_measures
where measure = 'new_layout_share'
order by
    is_unusual desc,
    measure asc
