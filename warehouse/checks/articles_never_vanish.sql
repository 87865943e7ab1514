-- severity: error
-- owner: loading
-- judged: select source, count(*) from articles group by source
-- may judge nothing: articles_have_captures says that there are no articles
-- No source has fewer articles than when this last passed, but for those with a tombstone and
-- those whose capture was read again since and is refused. The first time a source is judged there
-- is nothing to compare with.
with

last_judged as (
    select
        check_results.source,
        max(check_results.checked_at) as checked_at,
        arg_max(check_results.judged_count, check_results.checked_at) as article_count
    from check_results
    where
        check_results.check_name = 'articles_never_vanish'
        and check_results.source != ''
        and check_results.is_passed
    group by check_results.source
),

present as (
    select
        articles.source,
        count(*) as article_count
    from articles
    group by articles.source
),

gone as (
    select
        tombstones.source,
        count(*) as tombstone_count
    from tombstones
    group by tombstones.source
),

withdrawn as (
    select
        quarantine.source,
        count(distinct quarantine.capture_id) as withdrawn_count
    from quarantine
    inner join captures on quarantine.capture_id = captures.capture_id
    inner join last_judged on quarantine.source = last_judged.source
    where
        quarantine.status = 'open'
        and coalesce(quarantine.table_name, 'articles') = 'articles'
        and quarantine.last_seen_at > last_judged.checked_at
        -- Kept by a run before the one that refused it.
        and captures.run_id != quarantine.run_id
    group by quarantine.source
)

select
    last_judged.source,
    last_judged.article_count as article_count_before,
    coalesce(present.article_count, 0) as article_count_now
from last_judged
left join present on last_judged.source = present.source
left join gone on last_judged.source = gone.source
left join withdrawn on last_judged.source = withdrawn.source
where
    coalesce(present.article_count, 0)
    + coalesce(gone.tombstone_count, 0)
    + coalesce(withdrawn.withdrawn_count, 0)
    < last_judged.article_count
