-- severity: error
-- owner: extraction
-- threshold: of each row
-- judged: select source, count(*) from rpt_newest_measures
--   where measure = 'unknown_country_share' group by source
-- may judge nothing: a source is judged by its own days, once there are enough of them
-- The day's countries are not for the most part undecided, where few were.
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
where measure = 'unknown_country_share'
order by
    is_implausible desc,
    measure asc
