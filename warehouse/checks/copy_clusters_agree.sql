-- severity: error
-- owner: loading
-- judged: select source, count(*) from articles group by source
-- may judge nothing: articles_have_captures says that there are no articles
-- Every copy cluster is named by its smallest article, which is in it.
select
    articles.source,
    articles.article_id,
    articles.copy_cluster_id
from articles
left join articles as heads on articles.copy_cluster_id = heads.article_id
where
    heads.article_id is null
    or heads.copy_cluster_id != heads.article_id
    or articles.article_id < articles.copy_cluster_id
