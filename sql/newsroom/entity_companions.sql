-- Who and what is surely named together with an entity.
SELECT c.entity_id, c.entity_type, c.companion AS name, c.n_articles, c.n_sentences, c.pmi, c.log_likelihood,
  e.latitude, e.longitude
FROM report.companion(:entity_key, CAST(:since AS date), CAST(:until AS date)) AS c
JOIN core.entity AS e USING (entity_id)
WHERE c.pmi > 0 OR c.n_articles > 1
ORDER BY c.log_likelihood DESC, c.n_articles DESC, c.entity_key COLLATE "C"
LIMIT 60
