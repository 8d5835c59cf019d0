-- What was joined into entities, why and when.
CREATE VIEW report.entity_join AS
SELECT
  e.entity_id, e.entity_key, e.name AS entity, s.sense_key, s.name AS folded_name, s.country, s.field,
  CASE WHEN n.is_decided THEN 'decision' ELSE s.rule END AS rule,
  CASE WHEN n.is_decided THEN 1 ELSE s.score END AS score,
  s.is_open, s.joining_version, s.run_id, r.started_at AS run_started_at
FROM core.sense AS s
JOIN core.entity AS e USING (entity_id)
JOIN ops.run AS r ON r.run_id = s.run_id
CROSS JOIN LATERAL (
  SELECT coalesce(bool_or(is_decided), false) AS is_decided FROM core.sense_name WHERE sense_id = s.sense_id
) AS n;
COMMENT ON VIEW report.entity_join IS
  'One row per name in a setting: the entity that it was joined to, by which rule, how surely, by which version, in which run.';
COMMENT ON COLUMN report.entity_join.sense_key IS 'Key by which the entity can be named too.';
COMMENT ON COLUMN report.entity_join.rule IS 'own name: it stands for the entity itself.';
COMMENT ON COLUMN report.entity_join.is_open IS 'Whether several bear the name and its articles do not say who is meant: see report.ambiguous_mention.';
COMMENT ON COLUMN report.entity_join.run_started_at IS 'When the run began that joined it.';
COMMENT ON COLUMN report.entity_join.entity_id IS 'The entity.';
COMMENT ON COLUMN report.entity_join.entity IS 'Name to show.';
COMMENT ON COLUMN report.entity_join.folded_name IS 'The full name in this setting, folded for comparison.';
COMMENT ON COLUMN report.entity_join.run_id IS 'Run that joined it.';
