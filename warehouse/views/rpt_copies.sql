-- One row per story that more than one page shows: its copies, where and since when.

select
    copy_cluster_id,
    arg_min(headline, article_id) as headline,
    count(*) as article_count,
    list(distinct host order by host) filter (where host is not null) as host_names,
    list(distinct source order by source) as sources,
    list(article_id order by article_id) as article_ids,
    min(published_date) as first_published_date,
    max(published_date) as last_published_date
from stg_articles
group by copy_cluster_id
having count(*) > 1
