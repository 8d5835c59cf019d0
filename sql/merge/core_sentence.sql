-- Sentences of the articles whose row was taken from a staged page: they count in that row's body.
WITH gone AS (
  DELETE FROM core.sentence AS t
  USING (SELECT DISTINCT a.article_id FROM stage_article AS s
    JOIN core.article AS a USING (article_id, page_id, appearance_no, reader_version)) AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_sentence AS s WHERE s.article_id = t.article_id AND s.sentence_no = t.sentence_no)
)
INSERT INTO core.sentence AS t (article_id, sentence_no, paragraph_no, start_offset, end_offset, reader_version,
  run_id)
SELECT DISTINCT ON (s.article_id, s.sentence_no) s.article_id, s.sentence_no, s.paragraph_no, s.start_offset,
  s.end_offset, s.reader_version, s.run_id
FROM stage_sentence AS s
JOIN core.article AS a USING (article_id, page_id, appearance_no, reader_version)
ORDER BY s.article_id, s.sentence_no
ON CONFLICT (article_id, sentence_no) DO UPDATE SET
  paragraph_no = excluded.paragraph_no,
  start_offset = excluded.start_offset,
  end_offset = excluded.end_offset,
  reader_version = excluded.reader_version,
  run_id = excluded.run_id
WHERE (t.paragraph_no, t.start_offset, t.end_offset, t.reader_version)
  IS DISTINCT FROM (excluded.paragraph_no, excluded.start_offset, excluded.end_offset, excluded.reader_version)
