-- severity: warn
-- owner: extraction
-- judged: select count(*) from articles
--   where dateline_place is not null and dateline_country_code is not null
-- may judge nothing: an archive may print no datelines
-- One dateline place lies in one country; the articles of the rarer reading are listed.
with

placed as (
    select
        articles.source,
        articles.article_id,
        articles.dateline_place,
        articles.dateline_country_code
    from articles
    where articles.dateline_place is not null and articles.dateline_country_code is not null
),

usual as (
    select
        placed.dateline_place,
        mode(placed.dateline_country_code order by placed.dateline_country_code) as country_code
    from placed
    group by placed.dateline_place
)

select
    placed.source,
    placed.article_id,
    placed.dateline_place,
    placed.dateline_country_code,
    usual.country_code as usual_country_code
from placed
inner join usual on placed.dateline_place = usual.dateline_place
where placed.dateline_country_code != usual.country_code
