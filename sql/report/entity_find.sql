-- The entity that a person means.
CREATE FUNCTION report.entity_find(entity text) RETURNS uuid LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
SELECT f.entity_id
FROM (
  SELECT s.entity_id, 1 AS sureness FROM core.sense AS s WHERE s.sense_key = entity AND s.entity_id IS NOT NULL
  UNION ALL
  SELECT e.entity_id, 2 FROM core.entity AS e WHERE e.name = entity
  UNION ALL
  SELECT n.entity_id, 3 FROM core.entity_name AS n WHERE n.name = entity
  UNION ALL
  SELECT n.entity_id, 4 FROM core.sense_name AS n
  WHERE n.entity_id IS NOT NULL AND n.phrase = (
    SELECT string_agg(report.search_fold(w.word), ' ' ORDER BY w.word_no) FROM report.search_words(entity) AS w
  )
) AS f
LEFT JOIN core.entity_total AS t USING (entity_id)
ORDER BY f.sureness, t.n_articles DESC NULLS LAST, f.entity_id
LIMIT 1
$$;
COMMENT ON FUNCTION report.entity_find IS
  'Id of the entity with this key (or that one with this key became part of), else with this name, else with this spelling, else with
one that differs in marks or kinds of letters only (کازاخستان, كَازَاخِسْتَان); of several the one named most.';
