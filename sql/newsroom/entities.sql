-- Entities, most named first, from a place on.
SELECT e.entity_id, e.name, e.entity_type, t.n_articles, t.n_mentions
FROM core.entity_total AS t
JOIN core.entity AS e USING (entity_id)
WHERE t.n_articles > 0
  AND (CAST(:type AS text) IS NULL OR e.entity_type = :type)
  AND (CAST(:before AS integer) IS NULL OR (t.n_articles, t.entity_id) < (:before, CAST(:before_id AS uuid)))
ORDER BY t.n_articles DESC, t.entity_id DESC
LIMIT :n
