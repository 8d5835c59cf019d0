-- In which setting the articles in stage_annotation name their senses.
WITH gone AS (
  DELETE FROM core.naming AS t
  USING stage_annotation AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_naming AS s WHERE (s.sense_id, s.article_id) = (t.sense_id, t.article_id))
)
INSERT INTO core.naming AS t (sense_id, article_id, country, field, companions, run_id)
SELECT DISTINCT ON (sense_id, article_id) sense_id, article_id, country, field, companions, run_id
FROM stage_naming
ORDER BY sense_id, article_id
ON CONFLICT (sense_id, article_id) DO UPDATE SET
  country = excluded.country,
  field = excluded.field,
  companions = excluded.companions,
  run_id = excluded.run_id
WHERE (t.country, t.field, t.companions) IS DISTINCT FROM (excluded.country, excluded.field, excluded.companions)
