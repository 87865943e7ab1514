-- severity: warn
-- owner: fetching
-- threshold: of each row
-- judged: select source, count(*) from rpt_newest_measures
--   where measure = 'copy_share' group by source
-- may judge nothing: a source is judged by its own days, once there are enough of them
-- As few of the day's articles tell a story that was there before as till then.
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
where measure = 'copy_share'
order by
    is_unusual desc,
    measure asc
