-- The share of the day's articles in which each field was found.
with

shares as (
    select
        source,
        captured_on,
        count(*) as article_count,
        avg(has_published_date::int) as published_date_filled_share,
        avg(has_headline::int) as headline_filled_share,
        avg(has_subhead::int) as subhead_filled_share,
        avg(has_section::int) as section_filled_share,
        avg(has_dateline_place::int) as dateline_place_filled_share,
        avg(has_agency::int) as agency_filled_share,
        avg(has_byline::int) as byline_filled_share,
        avg(has_language_code::int) as language_code_filled_share
    from measured_articles
    group by
        source,
        captured_on
)

select
    source,
    captured_on as measured_on,
    measure,
    measured,
    article_count as judged_count
from (
    unpivot shares
    on columns('_filled_share$') into name measure value measured
)
