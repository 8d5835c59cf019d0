-- Names that may mean several.
CREATE VIEW report.ambiguous_mention AS
SELECT
  m.article_id, m.part, m.start_offset, m.end_offset, m.sentence_no, m.surface, e.entity_id, e.entity_key, e.name AS entity,
  s.country, s.field, c.candidates
FROM core.sense AS s
JOIN core.mention AS m USING (sense_id)
JOIN core.entity AS e ON e.entity_id = m.entity_id
CROSS JOIN LATERAL (
  SELECT jsonb_agg(
    jsonb_build_object('entity_key', ce.entity_key, 'name', ce.name, 'reason', k.reason, 'score', k.score)
    ORDER BY k.score DESC, ce.entity_key COLLATE "C"
  ) AS candidates
  FROM core.sense_candidate AS k
  JOIN core.sense AS cs ON cs.sense_id = k.candidate_id
  JOIN core.entity AS ce ON ce.entity_id = cs.entity_id
  WHERE k.sense_id = s.sense_id
) AS c
WHERE s.is_open AND s.entity_id = s.sense_id;
COMMENT ON VIEW report.ambiguous_mention IS
  'Mentions whose name several bear and whose article does not say who is meant: they point to an entity of their own, and
the candidates are listed. A person decides with rasd entity join.';
COMMENT ON COLUMN report.ambiguous_mention.candidates IS 'A list of entity_key, name, reason, score; empty where too many bear the name.';
COMMENT ON COLUMN report.ambiguous_mention.country IS 'Country in whose setting the name was met.';
COMMENT ON COLUMN report.ambiguous_mention.entity_id IS 'The entity of its own that the mention points to.';
COMMENT ON COLUMN report.ambiguous_mention.entity IS 'Name to show.';
