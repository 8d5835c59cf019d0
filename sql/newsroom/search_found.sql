-- The newest finds of a search with their ranks, narrowed to an entity: asked once, for the list and for what stands beside it.
SELECT s.article_id, ts_rank_cd(s.tokens, q.tokens, 1) AS rank
FROM report.search_parse(:q) AS q
CROSS JOIN LATERAL report.search_found(q.tokens, CAST(:since AS date), CAST(:until AS date), CAST(:outlet AS text)) AS s
WHERE CAST(:entity_id AS uuid) IS NULL OR EXISTS (
  SELECT FROM core.entity_article AS x WHERE x.article_id = s.article_id AND x.entity_id = CAST(:entity_id AS uuid)
)
LIMIT 1000
