-- severity: warn
-- owner: fetching
-- threshold: of each row
-- judged: select source, count(*) from source_measures
--   where measure = 'new_articles' and measured > 0 group by source
-- may judge nothing: a warehouse may hold no article yet
-- No source is silent for more than twice as long as it is used to be, in days.
-- Its longest silences, a tenth of all, are its own measure; ten days with articles show them.
with

days as (
    select
        source,
        measured_on,
        measured_on - lag(measured_on) over (partition by source order by measured_on) as gap
    from source_measures
    where measure = 'new_articles' and measured > 0
    qualify row_number() over (partition by source order by measured_on desc) <= 60
)

select
    source,
    max(measured_on) as last_on,
    quantile_disc(gap, 0.9) as usual,
    $checked_at::date - max(measured_on) as measured,
    2 * quantile_disc(gap, 0.9) + 1 as threshold,
    measured > threshold as is_broken
from days
group by source
having count(gap) >= 10
