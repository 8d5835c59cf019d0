-- Which outlets named an entity in the newest articles that do.
WITH near AS MATERIALIZED (
  SELECT article_id FROM core.entity_article
  WHERE entity_id = CAST(:entity_id AS uuid) AND published_on BETWEEN CAST(:since AS date) AND CAST(:until AS date)
  ORDER BY published_on DESC NULLS LAST, article_id DESC
  LIMIT 1000
)
SELECT coalesce(o.name, p.outlet) AS outlet, count(DISTINCT p.article_id) AS n_articles
FROM near
JOIN core.publication AS p USING (article_id)
LEFT JOIN core.outlet AS o ON o.outlet_id = p.outlet
WHERE p.outlet IS NOT NULL
GROUP BY 1
ORDER BY n_articles DESC, 1
LIMIT 8
