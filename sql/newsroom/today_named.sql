-- Who and what is named most on a day.
SELECT e.entity_id, e.name AS entity, e.entity_type, d.n_articles AS n, CAST(NULL AS double precision) AS expected
FROM core.entity_day AS d
JOIN core.entity AS e USING (entity_id)
WHERE d.published_on = CAST(:day AS date) AND d.n_articles > 0
ORDER BY d.n_articles DESC, d.n_mentions DESC, e.entity_key COLLATE "C"
LIMIT 10
