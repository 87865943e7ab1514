-- The share of the day's new articles whose story the record had already, under any source.
with

by_arrival as (
    select
        source,
        first_on,
        row_number() over (
            partition by copy_cluster_id
            order by first_on, article_id
        ) > 1 as is_copy
    from measured_articles
)

select
    source,
    first_on as measured_on,
    'copy_share' as measure,
    avg(is_copy::int) as measured,
    count(*) as judged_count
from by_arrival
group by
    source,
    first_on
