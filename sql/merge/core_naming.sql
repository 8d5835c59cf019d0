-- In which setting the articles in stage_annotation name their senses.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (sense_id, article_id) sense_id, article_id, country, field, companions, run_id
  FROM stage_naming
  ORDER BY sense_id, article_id
), gone AS (
  DELETE FROM core.naming AS t
  USING stage_annotation AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_naming AS s WHERE (s.sense_id, s.article_id) = (t.sense_id, t.article_id))
)
INSERT INTO core.naming (sense_id, article_id, country, field, companions, run_id)
SELECT sense_id, article_id, country, field, companions, run_id
FROM staged AS s
WHERE NOT EXISTS (
  SELECT FROM core.naming AS t
  WHERE (t.sense_id, t.article_id) = (s.sense_id, s.article_id)
    AND (t.country, t.field, t.companions) IS NOT DISTINCT FROM (s.country, s.field, s.companions)
)
ORDER BY sense_id, article_id
ON CONFLICT (sense_id, article_id) DO UPDATE SET
  country = excluded.country,
  field = excluded.field,
  companions = excluded.companions,
  run_id = excluded.run_id
