-- severity: error
-- owner: loading
-- judged: select count(*) from findings
-- may judge nothing: a warehouse may hold no findings yet
-- Every finding belongs to an article we have, and to the capture that article was read from.
select
    findings.finding_id,
    findings.article_id,
    findings.capture_id
from findings
anti join articles
    on
        findings.article_id = articles.article_id
        and findings.capture_id = articles.capture_id
