-- Where the finds of a search stand: outlets, entities, days.
WITH found AS MATERIALIZED (
  SELECT f.article_id, d.published_on
  FROM unnest(CAST(:ids AS uuid[])) AS f (article_id)
  LEFT JOIN core.article_day AS d ON d.article_id = f.article_id
)
(SELECT 'outlet' AS facet, p.outlet AS value, coalesce(o.name, p.outlet) AS label, NULL AS kind,
  count(DISTINCT p.article_id) AS n
FROM found JOIN core.publication AS p USING (article_id) LEFT JOIN core.outlet AS o ON o.outlet_id = p.outlet
WHERE p.outlet IS NOT NULL GROUP BY 2, 3 ORDER BY n DESC, 2 LIMIT 8)
UNION ALL
(SELECT 'entity', e.entity_id::text, e.name, e.entity_type, x.n
FROM (
  SELECT entity_id, count(*) AS n FROM found JOIN core.entity_article USING (article_id)
  GROUP BY entity_id ORDER BY n DESC, entity_id LIMIT 8
) AS x
JOIN core.entity AS e USING (entity_id) ORDER BY x.n DESC, 2)
UNION ALL
(SELECT 'day', published_on::text, NULL, NULL, count(*) AS n
FROM found WHERE published_on IS NOT NULL GROUP BY published_on ORDER BY published_on DESC LIMIT 40)
