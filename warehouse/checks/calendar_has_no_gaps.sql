-- severity: warn
-- owner: fetching
-- threshold: of each row
-- judged: select source, count(*) from rpt_newest_measures
--   where measure = 'articles_of_the_day_before' group by source
-- may judge nothing: a source is judged by its own days, once there are enough of them
-- Of a weekday that always brings articles, the newest one has some.
select
    source,
    measure,
    measured,
    usual,
    cause,
    warn_threshold as threshold,
    measured_on - 1 as published_on,
    measured = 0 and is_unusual as is_broken
from rpt_newest_measures
where measure = 'articles_of_the_day_before'
