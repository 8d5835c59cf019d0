-- Quotations of the articles whose row was taken from a staged page: they count in that row's body.
WITH taken AS MATERIALIZED (
  SELECT DISTINCT a.article_id, a.page_id, a.appearance_no, a.reader_version
  FROM stage_article
  JOIN core.article AS a USING (article_id, page_id, appearance_no, reader_version)
), known AS MATERIALIZED (
  SELECT article_id FROM taken AS p WHERE EXISTS (SELECT FROM core.quotation AS t WHERE t.article_id = p.article_id)
), staged AS MATERIALIZED (
  SELECT DISTINCT ON (s.article_id, s.quotation_no) s.article_id, s.quotation_no, s.start_offset, s.end_offset,
    s.kind, s.speaker, s.speaker_start, s.speaker_end, s.speaker_how, s.reader_version, s.run_id,
    CASE WHEN s.article_id IN (SELECT article_id FROM known) THEN s.article_id END AS known_id
  FROM stage_quotation AS s
  JOIN taken USING (article_id, page_id, appearance_no, reader_version)
  ORDER BY s.article_id, s.quotation_no
), gone AS (
  DELETE FROM core.quotation AS t
  USING known AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_quotation AS s WHERE s.article_id = t.article_id AND s.quotation_no = t.quotation_no)
), changed AS (
  UPDATE core.quotation AS t
  SET start_offset = s.start_offset, end_offset = s.end_offset, kind = s.kind, speaker = s.speaker,
    speaker_start = s.speaker_start, speaker_end = s.speaker_end, speaker_how = s.speaker_how,
    reader_version = s.reader_version, run_id = s.run_id
  FROM staged AS s
  WHERE (t.article_id, t.quotation_no) = (s.known_id, s.quotation_no)
    AND (t.start_offset, t.end_offset, t.kind, t.speaker, t.speaker_start, t.speaker_end, t.speaker_how,
      t.reader_version)
      IS DISTINCT FROM (s.start_offset, s.end_offset, s.kind, s.speaker, s.speaker_start, s.speaker_end, s.speaker_how,
        s.reader_version)
)
INSERT INTO core.quotation (article_id, quotation_no, start_offset, end_offset, kind, speaker, speaker_start, speaker_end,
  speaker_how, reader_version, run_id)
SELECT article_id, quotation_no, start_offset, end_offset, kind, speaker, speaker_start, speaker_end,
  speaker_how, reader_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM core.quotation AS t WHERE (t.article_id, t.quotation_no) = (s.known_id, s.quotation_no))
ORDER BY article_id, quotation_no
