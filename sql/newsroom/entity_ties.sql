-- Which companions are named together among themselves, in the newest articles that name the entity.
WITH near AS MATERIALIZED (
  SELECT article_id FROM core.entity_article
  WHERE entity_id = CAST(:entity_id AS uuid) AND published_on BETWEEN CAST(:since AS date) AND CAST(:until AS date)
  ORDER BY published_on DESC NULLS LAST, article_id DESC
  LIMIT 500
)
SELECT a.entity_id AS one, b.entity_id AS other, count(*) AS n_articles
FROM near
JOIN core.entity_article AS a USING (article_id)
JOIN core.entity_article AS b USING (article_id)
WHERE a.entity_id = ANY (CAST(:ids AS uuid[])) AND b.entity_id = ANY (CAST(:ids AS uuid[])) AND a.entity_id < b.entity_id
GROUP BY 1, 2
ORDER BY n_articles DESC, 1, 2
LIMIT 24
