-- severity: error
-- owner: extraction
-- judged: select source, count(*) from captures group by source
-- may judge nothing: a warehouse may hold no captures yet
-- No source has so large a share of its newest captures, or of what was read from them, in
-- quarantine that the rest of them is in doubt. Newest are those of the last run that read at
-- least 20 for the first time. What is waived or released does not count.
with

first_reads as (
    select
        dispositions.source,
        dispositions.unit_id as capture_id,
        min(dispositions.run_id) as run_id
    from dispositions
    where dispositions.unit_kind = 'capture'
    group by
        dispositions.source,
        dispositions.unit_id
),

loads as (
    select
        source,
        run_id,
        count(*) as capture_count
    from first_reads
    group by
        source,
        run_id
    having count(*) >= 20
),

newest_loads as (
    select
        source,
        max(run_id) as run_id,
        arg_max(capture_count, run_id) as capture_count
    from loads
    group by source
),

newest_captures as (
    select
        first_reads.source,
        first_reads.capture_id
    from first_reads
    inner join newest_loads
        on
            first_reads.source = newest_loads.source
            and first_reads.run_id = newest_loads.run_id
),

record_counts as (
    select
        dispositions.source,
        split_part(dispositions.unit_id, ':', 1) as what,
        count(*) as unit_count
    from dispositions
    inner join newest_loads
        on
            dispositions.source = newest_loads.source
            and dispositions.run_id = newest_loads.run_id
    where dispositions.unit_kind = 'record'
    group by
        dispositions.source,
        what
    having count(*) >= 20
),

unit_counts as (
    select
        source,
        'captures' as what,
        capture_count as unit_count
    from newest_loads
    union all
    select
        source,
        what,
        unit_count
    from record_counts
),

waiting as (
    select
        newest_captures.source,
        quarantine.quarantine_id,
        coalesce(quarantine.table_name, 'captures') as what,
        list_aggregate(quarantine.reasons, 'string_agg', ', ') as reasons
    from quarantine
    inner join newest_captures
        on
            quarantine.source = newest_captures.source
            and quarantine.capture_id = newest_captures.capture_id
    where quarantine.status = 'open'
),

-- Five of each reason are examples enough.
examples as (
    select
        source,
        what,
        reasons,
        count(*) as refused_count,
        list(quarantine_id order by quarantine_id)[1:5] as quarantine_ids
    from waiting
    group by
        source,
        what,
        reasons
),

refused_counts as (
    select
        source,
        what,
        sum(refused_count)::bigint as refused_count,
        list(
            { 'reasons': reasons, 'count': refused_count, 'examples': quarantine_ids }
            order by refused_count desc, reasons asc
        ) as reasons
    from examples
    group by
        source,
        what
),

own_limits as (
    select
        unnest($limited_sources)::varchar as source,
        unnest($own_limits)::double as limit_share
),

usual_limits as (
    select $usual_limit::double as limit_share
)

select
    refused_counts.source,
    refused_counts.what,
    refused_counts.refused_count,
    unit_counts.unit_count,
    refused_counts.reasons,
    refused_counts.refused_count / unit_counts.unit_count as measured,
    coalesce(own_limits.limit_share, usual_limits.limit_share) as threshold
from refused_counts
inner join unit_counts
    on
        refused_counts.source = unit_counts.source
        and refused_counts.what = unit_counts.what
cross join usual_limits
left join own_limits on refused_counts.source = own_limits.source
where
    refused_counts.refused_count / unit_counts.unit_count
    >= coalesce(own_limits.limit_share, usual_limits.limit_share)
order by
    measured desc,
    refused_counts.what asc
