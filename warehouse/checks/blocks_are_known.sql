-- severity: warn
-- owner: extraction
-- threshold: at most 0.2
-- judged: select captures.source, count(*) from blocks
--   inner join captures on blocks.capture_id = captures.capture_id group by captures.source
-- may judge nothing: a warehouse may hold no pages yet
-- Nearly all of every page is labelled; the share of characters that are not is measured.
select
    captures.source,
    sum(blocks.character_count) as character_count,
    sum(case when blocks.label = 'unknown' then blocks.character_count else 0 end)
    / nullif(sum(blocks.character_count), 0) as measured
from blocks
inner join captures on blocks.capture_id = captures.capture_id
group by captures.source
