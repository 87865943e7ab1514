-- One row is an earlier version of an article, superseded by a later capture.
select
    version_id,
    article_id,
    capture_id,
    captured_at,
    published_date,
    headline,
    subhead,
    body_text,
    superseded_by_capture_id,
    differences,
    run_id
from article_versions
