-- Characters in blocks that no rule knows, and pages of a make-up that the source never had.
-- A make-up is a layout with the labels of the blocks that it shows.
with

make_ups as (
    select
        blocks.capture_id,
        sum(blocks.character_count) as character_count,
        sum(blocks.character_count) filter (where blocks.label = 'unknown') as unknown_count,
        list_sort(list(distinct blocks.label)) as labels
    from blocks
    group by blocks.capture_id
),

pages as (
    select
        measured_articles.source,
        measured_articles.captured_on as measured_on,
        make_ups.character_count,
        coalesce(make_ups.unknown_count, 0) as unknown_count,
        measured_articles.captured_on = min(measured_articles.captured_on) over (
            partition by measured_articles.source, measured_articles.layout, make_ups.labels
        ) as is_new
    from measured_articles
    inner join make_ups on measured_articles.capture_id = make_ups.capture_id
)

select
    source,
    measured_on,
    'unknown_block_share' as measure,
    sum(unknown_count) / sum(character_count) as measured,
    count(*) as judged_count
from pages
group by
    source,
    measured_on
having sum(character_count) > 0

union all

select
    source,
    measured_on,
    'new_layout_share' as measure,
    avg(is_new::int) as measured,
    count(*) as judged_count
from pages
group by
    source,
    measured_on
