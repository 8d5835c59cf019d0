-- Where the newest 500 finds of a search stand: outlets and entities.
WITH found AS MATERIALIZED (
  SELECT s.article_id, s.published_on
  FROM report.search_parse(:q) AS q
  CROSS JOIN LATERAL report.search_found(q.tokens, CAST(:since AS date), CAST(:until AS date), CAST(:outlet AS text)) AS s
  WHERE CAST(:entity_id AS uuid) IS NULL OR EXISTS (
    SELECT FROM core.entity_article AS x WHERE x.article_id = s.article_id AND x.entity_id = CAST(:entity_id AS uuid)
  )
)
SELECT 'all' AS facet, NULL AS value, NULL AS label, NULL AS kind, count(*) AS n FROM found
UNION ALL
(SELECT 'outlet', p.outlet, coalesce(o.name, p.outlet), NULL, count(DISTINCT p.article_id) AS n
FROM found JOIN core.publication AS p USING (article_id) LEFT JOIN core.outlet AS o ON o.outlet_id = p.outlet
WHERE p.outlet IS NOT NULL GROUP BY 2, 3 ORDER BY n DESC, 2 LIMIT 8)
UNION ALL
(SELECT 'entity', e.entity_id::text, e.name, e.entity_type, count(*) AS n
FROM found JOIN core.entity_article AS x USING (article_id) JOIN core.entity AS e USING (entity_id)
GROUP BY e.entity_id ORDER BY n DESC, 2 LIMIT 8)
UNION ALL
(SELECT 'day', published_on::text, NULL, NULL, count(*) AS n
FROM found WHERE published_on IS NOT NULL GROUP BY published_on ORDER BY published_on DESC LIMIT 40)
