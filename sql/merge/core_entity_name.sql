-- The names of the entities in stage_touched, put together from their senses: each with its strongest reason. What no
-- sense brings any more goes.
WITH now AS MATERIALIZED (
  SELECT DISTINCT ON (n.entity_id, n.name) n.entity_id, n.name,
    CASE WHEN n.is_decided THEN 'decision' WHEN s.rule = 'own name' THEN n.rule ELSE s.rule END AS rule,
    CASE WHEN n.is_decided THEN 1 ELSE least(n.score, s.score) END AS score,
    n.run_id
  FROM stage_touched AS p
  JOIN core.sense_name AS n USING (entity_id)
  JOIN core.sense AS s USING (sense_id)
  ORDER BY n.entity_id, n.name, score DESC, rule, n.run_id
), gone AS (
  DELETE FROM core.entity_name AS t
  USING stage_touched AS p
  WHERE t.entity_id = p.entity_id
    AND NOT EXISTS (SELECT FROM now AS n WHERE (n.entity_id, n.name) = (t.entity_id, t.name))
)
INSERT INTO core.entity_name (entity_id, name, rule, score, run_id)
SELECT entity_id, name, rule, score, run_id
FROM now AS n
WHERE NOT EXISTS (
  SELECT FROM core.entity_name AS t
  WHERE (t.entity_id, t.name) = (n.entity_id, n.name) AND (t.rule, t.score) IS NOT DISTINCT FROM (n.rule, n.score)
)
ORDER BY entity_id, name
ON CONFLICT (entity_id, name) DO UPDATE SET
  rule = excluded.rule,
  score = excluded.score,
  run_id = excluded.run_id
