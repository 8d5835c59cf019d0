-- Names of entities; of two reasons for the same spelling the stronger is kept.
INSERT INTO core.entity_name AS t (entity_id, name, rule, score, run_id)
SELECT DISTINCT ON (entity_id, name) entity_id, name, rule, score, run_id
FROM stage_entity_name
ORDER BY entity_id, name, score DESC, rule COLLATE "C"
ON CONFLICT (entity_id, name) DO UPDATE SET
  rule = excluded.rule,
  score = excluded.score,
  run_id = excluded.run_id
WHERE (t.rule, t.score)
  IS DISTINCT FROM (excluded.rule, excluded.score)
  AND (excluded.score > t.score OR excluded.score = t.score AND excluded.rule COLLATE "C" < t.rule COLLATE "C")
