-- Mentions of the articles in stage_annotation.
WITH gone AS (
  DELETE FROM core.mention AS t
  USING stage_annotation AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_mention AS s WHERE s.article_id = t.article_id AND s.part = t.part AND s.start_offset = t.start_offset)
)
INSERT INTO core.mention AS t (article_id, part, start_offset, end_offset, sentence_no, mention_type, surface,
  prefix, confidence, entity_id, spelling, link_rule, link_score, recogniser_version, run_id)
SELECT DISTINCT ON (article_id, part, start_offset) article_id, part, start_offset, end_offset, sentence_no,
  mention_type, surface, prefix, confidence, entity_id, spelling, link_rule, link_score, recogniser_version,
  run_id
FROM stage_mention
ORDER BY article_id, part, start_offset
ON CONFLICT (article_id, part, start_offset) DO UPDATE SET
  end_offset = excluded.end_offset,
  sentence_no = excluded.sentence_no,
  mention_type = excluded.mention_type,
  surface = excluded.surface,
  prefix = excluded.prefix,
  confidence = excluded.confidence,
  entity_id = excluded.entity_id,
  spelling = excluded.spelling,
  link_rule = excluded.link_rule,
  link_score = excluded.link_score,
  recogniser_version = excluded.recogniser_version,
  run_id = excluded.run_id
WHERE (t.end_offset, t.sentence_no, t.mention_type, t.surface, t.prefix, t.confidence, t.entity_id, t.spelling,
  t.link_rule, t.link_score, t.recogniser_version)
  IS DISTINCT FROM (excluded.end_offset, excluded.sentence_no, excluded.mention_type, excluded.surface,
    excluded.prefix, excluded.confidence, excluded.entity_id, excluded.spelling, excluded.link_rule,
    excluded.link_score, excluded.recogniser_version)
