-- One row per source, measure and day: what was measured, what was usual, and the scale of both.
-- Usual is the median of the eight weeks before: of the same weekday where things are counted,
-- and then raised or lowered by how the last seven days went (an August, an election).
-- Days read by the same rules are held against each other, or all days while those are too few.
with

kinds as (
    select
        source,
        measure,
        any_value(kind) as kind,
        max(least_days) as least_days
    from tolerances_in_force
    group by
        source,
        measure
),

days as (
    select
        source,
        measured_on,
        rules_digest,
        run_count < median(run_count) over (
            partition by source
            order by measured_on
            range between interval 28 days preceding and interval 1 day preceding
        ) as is_short
    from measured_days
),

measures as (
    select
        measured_values.source,
        measured_values.measure,
        measured_values.measured_on,
        measured_values.measured::double as measured,
        measured_values.judged_count,
        days.rules_digest,
        kinds.kind,
        kinds.least_days,
        kinds.kind = 'count'
        and (coalesce(days.is_short, false) or quiet_days.quiet_on is not null) as is_quiet,
        case when kinds.kind = 'count' then isodow(measured_values.measured_on) else 0 end as season
    from measured_values
    inner join days
        on
            measured_values.source = days.source
            and measured_values.measured_on = days.measured_on
    inner join kinds
        on
            measured_values.source = kinds.source
            and measured_values.measure = kinds.measure
    left join quiet_days
        on
            measured_values.source = quiet_days.source
            and measured_values.measured_on = quiet_days.quiet_on
),

histories as (
    select
        *,
        median(measured) filter (where not is_quiet) over like_days as any_usual,
        count(*) filter (where not is_quiet) over like_days as any_count,
        median(measured) filter (where not is_quiet) over like_days_and_rules as same_usual,
        count(*) filter (where not is_quiet) over like_days_and_rules as same_count,
        median(measured) filter (where not is_quiet) over all_days as week_usual,
        quantile_cont(measured, 0.95) filter (where not is_quiet) over all_days as most_days
    from measures
    window
        all_days as (
            partition by source, measure
            order by measured_on
            range between interval 56 days preceding and interval 1 day preceding
        ),
        like_days as (
            partition by source, measure, season
            order by measured_on
            range between interval 56 days preceding and interval 1 day preceding
        ),
        like_days_and_rules as (
            partition by source, measure, season, rules_digest
            order by measured_on
            range between interval 56 days preceding and interval 1 day preceding
        )
),

seasonal as (
    select
        *,
        case when same_count >= least_days then same_usual else any_usual end as season_usual,
        case when same_count >= least_days then same_count else any_count end as history_count,
        same_count < least_days and same_count < any_count as rules_changed
    from histories
),

levels as (
    select
        *,
        case
            when kind = 'count'
                then least(greatest(coalesce(
                    median(measured / nullif(season_usual, 0)) filter (where not is_quiet) over (
                        partition by source, measure
                        order by measured_on
                        range between interval 7 days preceding and interval 1 day preceding
                    ), 1
                ), 0.6), 1.6)
            else 1
        end as recent_level
    from seasonal
)

select
    *,
    season_usual * recent_level as usual,
    case
        when kind = 'share' then 1
        when kind = 'mean' then season_usual
        else greatest(season_usual, week_usual, 1) * recent_level
    end as low_scale,
    case
        when kind = 'share' then 1
        when kind = 'mean' then season_usual
        else greatest(season_usual, week_usual, most_days, 1) * recent_level
    end as high_scale
from levels
