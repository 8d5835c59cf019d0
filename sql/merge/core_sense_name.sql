-- The spellings in stage_sense_name, as the mentions stand now: each with the strongest reason that a mention gives.
-- What no mention spells any more goes. A spelling that is known by a reason as strong as all those staged with it is as it
-- was; mentions are looked at for the others, and for spellings staged without a reason, of which some may have gone.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (sense_id, name) sense_id, name, phrase, rule, score, run_id
  FROM stage_sense_name
  ORDER BY sense_id, name, rule IS NULL DESC, (score * 1000)::integer DESC, rule DESC
), now AS MATERIALIZED (
  SELECT s.sense_id, s.name, s.phrase, m.link_rule AS rule, m.link_score AS score, s.run_id
  FROM staged AS s
  LEFT JOIN LATERAL (
    SELECT link_rule, link_score FROM core.mention AS m
    WHERE m.sense_id = s.sense_id AND m.spelling = s.name
    ORDER BY (m.link_score * 1000)::integer DESC, m.link_rule DESC LIMIT 1
  ) AS m ON true
  WHERE s.rule IS NULL OR NOT EXISTS (
    SELECT FROM core.sense_name AS t
    WHERE (t.sense_id, t.name, t.phrase) = (s.sense_id, s.name, s.phrase)
      AND ((t.score * 1000)::integer, t.rule) >= ((s.score * 1000)::integer, s.rule)
  )
), gone AS (
  DELETE FROM core.sense_name AS t USING now AS n
  WHERE (t.sense_id, t.name) = (n.sense_id, n.name) AND n.rule IS NULL
)
INSERT INTO core.sense_name (sense_id, name, phrase, rule, score, entity_id, is_decided, run_id)
SELECT sense_id, name, phrase, rule, score, NULL, false, run_id
FROM now
WHERE rule IS NOT NULL AND NOT EXISTS (
  SELECT FROM core.sense_name AS t
  WHERE (t.sense_id, t.name) = (now.sense_id, now.name)
    AND (t.phrase, t.rule, t.score) IS NOT DISTINCT FROM (now.phrase, now.rule, now.score)
)
ORDER BY sense_id, name
ON CONFLICT (sense_id, name) DO UPDATE SET
  phrase = excluded.phrase,
  rule = excluded.rule,
  score = excluded.score,
  run_id = excluded.run_id
