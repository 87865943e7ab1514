-- One row per source, measure and day: what was measured, what was usual, and the bounds.
-- Chance is as wide everywhere once the root of a count or a mean, or the angle of a share, is
-- taken: half a step for one article, less for more of them. The spread is that chance, widened
-- where the days before strayed further from what was usual. A bound nothing can pass is null.
with

roots as (
    select
        *,
        case when kind = 'share' then asin(sqrt(usual)) else sqrt(usual) end as usual_root,
        case when kind = 'share' then asin(sqrt(measured)) else sqrt(measured) end as root,
        0.5 / sqrt(case when kind = 'count' then 1 else greatest(judged_count, 1) end) as chance,
        case when kind = 'share' then pi() / 2 else 'infinity'::double end as highest_root,
        case when kind = 'share' then 1 else 'infinity'::double end as highest,
        -- Half an article is none: a bound below it would forbid nothing but chance.
        case when kind = 'share' then 0.5 / greatest(judged_count, 1) else 0 end as lowest
    from usual_values
),

spreads as (
    select
        *,
        chance * greatest(1, coalesce(
            1.4826 * median(abs(root - usual_root) / chance) filter (where not is_quiet) over (
                partition by source, measure
                order by measured_on
                range between interval 56 days preceding and interval 1 day preceding
            ), 1
        )) as spread
    from roots
),

by_chance as (
    select
        spreads.*,
        low.warn_floor as warn_low_floor,
        low.error_floor as error_low_floor,
        high.warn_floor as warn_high_floor,
        high.error_floor as error_high_floor,
        greatest(spreads.usual_root - low.warn_spreads * spreads.spread, 0) as warn_low_root,
        greatest(spreads.usual_root - low.error_spreads * spreads.spread, 0) as error_low_root,
        least(spreads.usual_root + high.warn_spreads * spreads.spread, spreads.highest_root)
            as warn_high_root,
        least(spreads.usual_root + high.error_spreads * spreads.spread, spreads.highest_root)
            as error_high_root,
        spreads.history_count >= low.least_days and not spreads.is_quiet as has_low,
        spreads.history_count >= high.least_days as has_high
    from spreads
    left join tolerances_in_force as low
        on
            spreads.source = low.source
            and spreads.measure = low.measure
            and low.side = 'low'
    left join tolerances_in_force as high
        on
            spreads.source = high.source
            and spreads.measure = high.measure
            and high.side = 'high'
),

bounds as (
    select
        *,
        case when kind = 'share' then sin(warn_low_root) ** 2 else warn_low_root ** 2 end
            as warn_low_value,
        case when kind = 'share' then sin(error_low_root) ** 2 else error_low_root ** 2 end
            as error_low_value,
        case when kind = 'share' then sin(warn_high_root) ** 2 else warn_high_root ** 2 end
            as warn_high_value,
        case when kind = 'share' then sin(error_high_root) ** 2 else error_high_root ** 2 end
            as error_high_value
    from by_chance
),

floored as (
    select
        *,
        least(warn_low_value, usual - warn_low_floor * low_scale) as warn_low,
        least(error_low_value, usual - error_low_floor * low_scale) as error_low,
        greatest(warn_high_value, usual + warn_high_floor * high_scale) as warn_high,
        greatest(error_high_value, usual + error_high_floor * high_scale) as error_high
    from bounds
)

select
    source,
    measure,
    measured_on,
    measured,
    judged_count,
    rules_digest,
    is_quiet,
    history_count,
    rules_changed,
    usual,
    case when has_low and warn_low > lowest then warn_low end as warn_low,
    case when has_high and warn_high < highest then warn_high end as warn_high,
    case when has_low and error_low > lowest then error_low end as error_low,
    case when has_high and error_high < highest then error_high end as error_high
from floored
