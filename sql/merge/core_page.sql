-- Pages as read.
INSERT INTO core.page AS t (page_id, text, encoding, n_articles, confidence, doubts, reports, reader_version, run_id)
SELECT DISTINCT ON (page_id) page_id, text, encoding, n_articles, confidence, doubts, reports, reader_version, run_id
FROM stage_page
ORDER BY page_id
ON CONFLICT (page_id) DO UPDATE SET
  text = excluded.text,
  encoding = excluded.encoding,
  n_articles = excluded.n_articles,
  confidence = excluded.confidence,
  doubts = excluded.doubts,
  reports = excluded.reports,
  reader_version = excluded.reader_version,
  run_id = excluded.run_id
WHERE (t.text, t.encoding, t.n_articles, t.confidence, t.doubts, t.reports, t.reader_version)
  IS DISTINCT FROM (excluded.text, excluded.encoding, excluded.n_articles, excluded.confidence, excluded.doubts,
    excluded.reports, excluded.reader_version)
