-- severity: warn
-- owner: fetching
-- threshold: of each row
-- judged: select source, count(*) from rpt_newest_measures
--   where measure = 'new_articles' group by source
-- may judge nothing: a source is judged by its own days, once there are enough of them
-- As many new articles came as on that weekday of the weeks before.
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
where measure = 'new_articles'
order by
    is_unusual desc,
    measure asc
