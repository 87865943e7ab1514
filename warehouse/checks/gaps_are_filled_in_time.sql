-- severity: warn
-- owner: fetching
-- judged: select source, count(*) from completeness group by source
-- may judge nothing: files given by hand are expected of nobody
-- No gap of a source stays open longer than the source allows.
-- Next: `onrecord status --gaps`; fill it, or `onrecord sources explain SOURCE DAY --because ...`.
select
    completeness.source,
    completeness.completeness_id,
    completeness.period,
    completeness.first_date,
    completeness.missing_count,
    completeness.reason,
    completeness.detail,
    completeness.try_count,
    completeness.missing_since
from completeness
where
    completeness.state = 'open'
    and completeness.tolerated_until < $checked_at
