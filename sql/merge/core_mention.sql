-- Mentions of the articles in stage_annotation. A spelling that its sense is known by points where the others do.
WITH known AS MATERIALIZED (
  SELECT article_id FROM stage_annotation AS p WHERE EXISTS (SELECT FROM core.mention AS t WHERE t.article_id = p.article_id)
), named AS MATERIALIZED (
  SELECT sense_id, name AS spelling, n.entity_id
  FROM (SELECT DISTINCT sense_id, spelling AS name FROM stage_mention) AS m
  JOIN core.sense_name AS n USING (sense_id, name)
), staged AS MATERIALIZED (
  SELECT DISTINCT ON (m.article_id, m.part, m.start_offset) m.article_id, m.part, m.start_offset, m.end_offset,
    m.sentence_no, m.mention_type, m.surface, m.prefix, m.confidence, sense_id, n.entity_id, spelling, m.link_rule,
    m.link_score, m.recogniser_version, m.run_id,
    CASE WHEN m.article_id IN (SELECT article_id FROM known) THEN m.article_id END AS known_id
  FROM stage_mention AS m
  LEFT JOIN named AS n USING (sense_id, spelling)
  ORDER BY m.article_id, m.part, m.start_offset
), gone AS (
  DELETE FROM core.mention AS t
  USING known AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_mention AS s WHERE s.article_id = t.article_id AND s.part = t.part AND s.start_offset = t.start_offset)
), changed AS (
  UPDATE core.mention AS t
  SET end_offset = s.end_offset, sentence_no = s.sentence_no, mention_type = s.mention_type, surface = s.surface,
    prefix = s.prefix, confidence = s.confidence, sense_id = s.sense_id,
    entity_id = s.entity_id, spelling = s.spelling,
    link_rule = s.link_rule, link_score = s.link_score, recogniser_version = s.recogniser_version, run_id = s.run_id
  FROM staged AS s
  WHERE (t.article_id, t.part, t.start_offset) = (s.known_id, s.part, s.start_offset)
    AND (t.end_offset, t.sentence_no, t.mention_type, t.surface, t.prefix, t.confidence, t.sense_id, t.entity_id,
      t.spelling,
      t.link_rule, t.link_score, t.recogniser_version)
      IS DISTINCT FROM (s.end_offset, s.sentence_no, s.mention_type, s.surface, s.prefix, s.confidence, s.sense_id,
        s.entity_id, s.spelling, s.link_rule, s.link_score, s.recogniser_version)
)
INSERT INTO core.mention (article_id, part, start_offset, end_offset, sentence_no, mention_type, surface, prefix,
  confidence, sense_id, entity_id, spelling, link_rule, link_score, recogniser_version, run_id)
SELECT article_id, part, start_offset, end_offset, sentence_no, mention_type, surface, prefix, confidence, sense_id,
  entity_id, spelling, link_rule, link_score, recogniser_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM core.mention AS t WHERE (t.article_id, t.part, t.start_offset) = (s.known_id, s.part, s.start_offset))
ORDER BY article_id, part, start_offset
