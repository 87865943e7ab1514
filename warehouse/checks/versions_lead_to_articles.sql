-- severity: error
-- owner: loading
-- judged: select count(*) from article_versions
-- may judge nothing: an archive may never change a page
-- Every earlier version leads on to a later one, and the last of them to the article.
select
    article_versions.version_id,
    article_versions.article_id,
    article_versions.superseded_by_capture_id
from article_versions
left join article_versions as later
    on
        article_versions.article_id = later.article_id
        and article_versions.superseded_by_capture_id = later.capture_id
left join articles
    on
        article_versions.article_id = articles.article_id
        and article_versions.superseded_by_capture_id = articles.capture_id
where later.version_id is null and articles.article_id is null
