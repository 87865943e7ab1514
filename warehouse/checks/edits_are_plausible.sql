-- severity: error
-- owner: fetching
-- threshold: of each row
-- judged: select source, count(*) from rpt_newest_measures
--   where measure = 'edited_share' group by source
-- may judge nothing: a source is judged by its own days, once there are enough of them
-- The archive did not rewrite a large part of its known pages at once.
select
    source,
    measure,
    measured_on,
    measured,
    usual,
    judged_count,
    cause,
    error_threshold as threshold,
    is_implausible as is_broken
from rpt_newest_measures
where measure = 'edited_share'
order by
    is_implausible desc,
    measure asc
