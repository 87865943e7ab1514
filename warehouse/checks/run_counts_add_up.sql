-- severity: error
-- owner: operations
-- judged: select count(*) from runs
-- may judge nothing: the first run has none before it
-- What every finished run says of itself is what its dispositions add up to. A run that was
-- blocked has been told of already, and must not block those after it.
with

ended as (
    select
        dispositions.run_id,
        count(*) filter (where dispositions.unit_kind = 'page') as page_count,
        count(*) filter (where dispositions.unit_kind = 'capture') as capture_count,
        count(*) filter (where dispositions.unit_kind = 'record') as record_count,
        count(*) filter (
            where dispositions.disposition in ('row_quarantined', 'page_quarantined')
        ) as quarantined_count
    from dispositions
    group by dispositions.run_id
)

select
    runs.run_id,
    runs.page_count,
    runs.capture_count,
    runs.record_count,
    runs.quarantined_count,
    coalesce(ended.page_count, 0) as page_count_in_ledger,
    coalesce(ended.capture_count, 0) as capture_count_in_ledger,
    coalesce(ended.record_count, 0) as record_count_in_ledger,
    coalesce(ended.quarantined_count, 0) as quarantined_count_in_ledger
from runs
left join ended on runs.run_id = ended.run_id
where
    runs.status = 'completed'
    and (
        runs.page_count != coalesce(ended.page_count, 0)
        or runs.capture_count != coalesce(ended.capture_count, 0)
        or runs.record_count != coalesce(ended.record_count, 0)
        or runs.quarantined_count != coalesce(ended.quarantined_count, 0)
    )
