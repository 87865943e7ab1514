-- severity: warn
-- owner: extraction
-- judged: select articles.source, count(*) from findings
--   inner join articles on findings.article_id = articles.article_id
--   where findings.field = 'published_date' and findings.precision = 'day'
--   group by articles.source
-- may judge nothing: pages may state no day
-- All the ways in which a page states its published day agree to a day.
with

days as (
    select
        findings.article_id,
        min(try_cast(findings.value as date)) as first_day,
        max(try_cast(findings.value as date)) as last_day
    from findings
    where findings.field = 'published_date' and findings.precision = 'day'
    group by findings.article_id
)

select
    articles.source,
    articles.article_id,
    articles.url,
    days.first_day,
    days.last_day
from days
inner join articles on days.article_id = articles.article_id
where days.last_day - days.first_day > 1
