-- Pages as read.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (page_id) page_id, text, encoding, n_articles, confidence, doubts, reports, reader_version, run_id
  FROM stage_page
  ORDER BY page_id
), known AS MATERIALIZED (
  SELECT page_id FROM staged AS s WHERE EXISTS (SELECT FROM core.page AS t WHERE t.page_id = s.page_id)
), changed AS (
  UPDATE core.page AS t
  SET text = s.text, encoding = s.encoding, n_articles = s.n_articles, confidence = s.confidence, doubts = s.doubts,
    reports = s.reports, reader_version = s.reader_version, run_id = s.run_id
  FROM staged AS s JOIN known USING (page_id)
  WHERE t.page_id = s.page_id
    AND (t.text, t.encoding, t.n_articles, t.confidence, t.doubts, t.reports, t.reader_version)
      IS DISTINCT FROM (s.text, s.encoding, s.n_articles, s.confidence, s.doubts, s.reports, s.reader_version)
)
INSERT INTO core.page (page_id, text, encoding, n_articles, confidence, doubts, reports, reader_version, run_id)
SELECT page_id, text, encoding, n_articles, confidence, doubts, reports, reader_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM known AS k WHERE k.page_id = s.page_id)
ORDER BY page_id
