-- How often some entities were named, day by day.
SELECT entity_id, published_on, n_articles
FROM core.entity_day
WHERE entity_id = ANY (CAST(:ids AS uuid[])) AND published_on BETWEEN CAST(:since AS date) AND CAST(:until AS date)
ORDER BY entity_id, published_on
LIMIT 2000
