-- The spellings in stage_entity_name, as the mentions stand now: each with the strongest reason that a mention gives.
-- What no mention spells any more goes.
WITH now AS MATERIALIZED (
  SELECT s.entity_id, s.name, m.link_rule AS rule, m.link_score AS score, s.run_id
  FROM (SELECT DISTINCT ON (entity_id, name) entity_id, name, run_id FROM stage_entity_name) AS s
  LEFT JOIN LATERAL (
    SELECT link_rule, link_score FROM core.mention AS m
    WHERE m.entity_id = s.entity_id AND m.spelling = s.name
    ORDER BY m.link_score DESC, m.link_rule DESC LIMIT 1
  ) AS m ON true
), gone AS (
  DELETE FROM core.entity_name AS t USING now AS n
  WHERE (t.entity_id, t.name) = (n.entity_id, n.name) AND n.rule IS NULL
)
INSERT INTO core.entity_name AS t (entity_id, name, rule, score, run_id)
SELECT entity_id, name, rule, score, run_id
FROM now
WHERE rule IS NOT NULL
ORDER BY entity_id, name
ON CONFLICT (entity_id, name) DO UPDATE SET
  rule = excluded.rule,
  score = excluded.score,
  run_id = excluded.run_id
WHERE (t.rule, t.score) IS DISTINCT FROM (excluded.rule, excluded.score)
