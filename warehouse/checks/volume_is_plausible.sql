-- severity: error
-- owner: fetching
-- threshold: of each row
-- judged: select source, count(*) from rpt_newest_measures
--   where measure = 'new_articles' group by source
-- may judge nothing: a source is judged by its own days, once there are enough of them
-- No source all but fell silent, or gave many times what it gives.
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
where measure = 'new_articles'
order by
    is_implausible desc,
    measure asc
