-- Sentences of the articles whose row was taken from a staged page: they count in that row's body.
WITH taken AS MATERIALIZED (
  SELECT DISTINCT a.article_id, a.page_id, a.appearance_no, a.reader_version
  FROM stage_article
  JOIN core.article AS a USING (article_id, page_id, appearance_no, reader_version)
), known AS MATERIALIZED (
  SELECT article_id FROM taken AS p WHERE EXISTS (SELECT FROM core.sentence AS t WHERE t.article_id = p.article_id)
), staged AS MATERIALIZED (
  SELECT DISTINCT ON (s.article_id, s.sentence_no) s.article_id, s.sentence_no, s.paragraph_no, s.start_offset,
    s.end_offset, s.reader_version, s.run_id,
    CASE WHEN s.article_id IN (SELECT article_id FROM known) THEN s.article_id END AS known_id
  FROM stage_sentence AS s
  JOIN taken USING (article_id, page_id, appearance_no, reader_version)
  ORDER BY s.article_id, s.sentence_no
), gone AS (
  DELETE FROM core.sentence AS t
  USING known AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_sentence AS s WHERE s.article_id = t.article_id AND s.sentence_no = t.sentence_no)
), changed AS (
  UPDATE core.sentence AS t
  SET paragraph_no = s.paragraph_no, start_offset = s.start_offset, end_offset = s.end_offset,
    reader_version = s.reader_version, run_id = s.run_id
  FROM staged AS s
  WHERE (t.article_id, t.sentence_no) = (s.known_id, s.sentence_no)
    AND (t.paragraph_no, t.start_offset, t.end_offset, t.reader_version)
      IS DISTINCT FROM (s.paragraph_no, s.start_offset, s.end_offset, s.reader_version)
)
INSERT INTO core.sentence (article_id, sentence_no, paragraph_no, start_offset, end_offset, reader_version, run_id)
SELECT article_id, sentence_no, paragraph_no, start_offset, end_offset, reader_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM core.sentence AS t WHERE (t.article_id, t.sentence_no) = (s.known_id, s.sentence_no))
ORDER BY article_id, sentence_no
