-- Quotations of the articles whose row was taken from a staged page: they count in that row's body.
WITH gone AS (
  DELETE FROM core.quotation AS t
  USING (SELECT DISTINCT a.article_id FROM stage_article AS s
    JOIN core.article AS a USING (article_id, page_id, appearance_no, reader_version)) AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_quotation AS s WHERE s.article_id = t.article_id AND s.quotation_no = t.quotation_no)
)
INSERT INTO core.quotation AS t (article_id, quotation_no, start_offset, end_offset, speaker, reader_version, run_id)
SELECT DISTINCT ON (s.article_id, s.quotation_no) s.article_id, s.quotation_no, s.start_offset, s.end_offset,
  s.speaker, s.reader_version, s.run_id
FROM stage_quotation AS s
JOIN core.article AS a USING (article_id, page_id, appearance_no, reader_version)
ORDER BY s.article_id, s.quotation_no
ON CONFLICT (article_id, quotation_no) DO UPDATE SET
  start_offset = excluded.start_offset,
  end_offset = excluded.end_offset,
  speaker = excluded.speaker,
  reader_version = excluded.reader_version,
  run_id = excluded.run_id
WHERE (t.start_offset, t.end_offset, t.speaker, t.reader_version)
  IS DISTINCT FROM (excluded.start_offset, excluded.end_offset, excluded.speaker, excluded.reader_version)
