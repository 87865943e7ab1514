-- The share of the countries named that day of which the code could not be decided.
select
    measured_articles.source,
    measured_articles.captured_on as measured_on,
    'unknown_country_share' as measure,
    avg((country_mentions.country_code is null)::int) as measured,
    count(*) as judged_count
from country_mentions
inner join measured_articles on country_mentions.article_id = measured_articles.article_id
group by
    measured_articles.source,
    measured_articles.captured_on
