-- Entities with a name that begins like this; the most named first.
SELECT e.entity_id, e.name, e.entity_type, coalesce(t.n_articles, 0) AS n_articles, coalesce(t.n_mentions, 0) AS n_mentions
FROM (
  SELECT n.entity_id FROM core.entity_name AS n
  WHERE starts_with(n.name, :name)
  UNION
  SELECT f.entity_id FROM core.entity AS f
  WHERE starts_with(f.name, :name)
  LIMIT 500
) AS found
JOIN core.entity AS e USING (entity_id)
LEFT JOIN core.entity_total AS t USING (entity_id)
WHERE CAST(:type AS text) IS NULL OR e.entity_type = :type
ORDER BY n_articles DESC, e.entity_id DESC
LIMIT :n
