-- One row per source, measure and side: its own tolerance where it declares one, else everyone's.
with

sources as (
    select distinct source
    from measured_values
)

select
    sources.source,
    tolerances.measure,
    tolerances.side,
    tolerances.kind,
    tolerances.least_days,
    tolerances.warn_spreads,
    tolerances.warn_floor,
    tolerances.error_spreads,
    tolerances.error_floor
from sources
inner join tolerances on tolerances.source = '' or sources.source = tolerances.source
qualify row_number() over (
    partition by sources.source, tolerances.measure, tolerances.side
    order by tolerances.source desc
) = 1
