-- Relational adjectives of the articles in stage_annotation.
WITH known AS MATERIALIZED (
  SELECT article_id FROM stage_annotation AS p WHERE EXISTS (SELECT FROM core.demonym AS t WHERE t.article_id = p.article_id)
), staged AS MATERIALIZED (
  SELECT DISTINCT ON (article_id, part, start_offset) article_id, part, start_offset, end_offset, sentence_no, surface,
    prefix, sense_id, recogniser_version, run_id,
    CASE WHEN s.article_id IN (SELECT article_id FROM known) THEN s.article_id END AS known_id
  FROM stage_demonym AS s
  ORDER BY article_id, part, start_offset
), gone AS (
  DELETE FROM core.demonym AS t
  USING known AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_demonym AS s WHERE s.article_id = t.article_id AND s.part = t.part AND s.start_offset = t.start_offset)
), changed AS (
  UPDATE core.demonym AS t
  SET end_offset = s.end_offset, sentence_no = s.sentence_no, surface = s.surface, prefix = s.prefix,
    sense_id = s.sense_id, recogniser_version = s.recogniser_version, run_id = s.run_id
  FROM staged AS s
  WHERE (t.article_id, t.part, t.start_offset) = (s.known_id, s.part, s.start_offset)
    AND (t.end_offset, t.sentence_no, t.surface, t.prefix, t.sense_id, t.recogniser_version)
      IS DISTINCT FROM (s.end_offset, s.sentence_no, s.surface, s.prefix, s.sense_id, s.recogniser_version)
)
INSERT INTO core.demonym (article_id, part, start_offset, end_offset, sentence_no, surface, prefix, sense_id,
  recogniser_version, run_id)
SELECT article_id, part, start_offset, end_offset, sentence_no, surface, prefix, sense_id, recogniser_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM core.demonym AS t WHERE (t.article_id, t.part, t.start_offset) = (s.known_id, s.part, s.start_offset))
ORDER BY article_id, part, start_offset
