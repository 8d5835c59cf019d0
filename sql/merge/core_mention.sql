-- Mentions of the articles in stage_annotation.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (article_id, part, start_offset) article_id, part, start_offset, end_offset, sentence_no,
    mention_type, surface, prefix, confidence, entity_id, spelling, link_rule, link_score, recogniser_version,
    run_id
  FROM stage_mention
  ORDER BY article_id, part, start_offset
), gone AS (
  DELETE FROM core.mention AS t
  USING stage_annotation AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_mention AS s WHERE s.article_id = t.article_id AND s.part = t.part AND s.start_offset = t.start_offset)
), changed AS (
  UPDATE core.mention AS t
  SET end_offset = s.end_offset, sentence_no = s.sentence_no, mention_type = s.mention_type, surface = s.surface,
    prefix = s.prefix, confidence = s.confidence, entity_id = s.entity_id, spelling = s.spelling,
    link_rule = s.link_rule, link_score = s.link_score, recogniser_version = s.recogniser_version, run_id = s.run_id
  FROM staged AS s
  WHERE (t.article_id, t.part, t.start_offset) = (s.article_id, s.part, s.start_offset)
    AND (t.end_offset, t.sentence_no, t.mention_type, t.surface, t.prefix, t.confidence, t.entity_id, t.spelling,
      t.link_rule, t.link_score, t.recogniser_version)
      IS DISTINCT FROM (s.end_offset, s.sentence_no, s.mention_type, s.surface, s.prefix, s.confidence, s.entity_id,
        s.spelling, s.link_rule, s.link_score, s.recogniser_version)
)
INSERT INTO core.mention (article_id, part, start_offset, end_offset, sentence_no, mention_type, surface, prefix,
  confidence, entity_id, spelling, link_rule, link_score, recogniser_version, run_id)
SELECT article_id, part, start_offset, end_offset, sentence_no, mention_type, surface, prefix, confidence, entity_id,
  spelling, link_rule, link_score, recogniser_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM core.mention AS t WHERE (t.article_id, t.part, t.start_offset) = (s.article_id, s.part, s.start_offset))
ORDER BY article_id, part, start_offset
