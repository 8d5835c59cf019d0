-- Pages of whose reading the reader itself is unsure.
CREATE VIEW report.doubtful_page AS
SELECT p.page_id, d.uri, d.member, p.confidence, p.doubts, p.reports, p.n_articles, p.reader_version
FROM core.page AS p
CROSS JOIN LATERAL (
  SELECT uri, member FROM raw.delivery WHERE page_id = p.page_id
  ORDER BY uri COLLATE "C", member COLLATE "C" LIMIT 1
) AS d
WHERE p.confidence < 0.5 AND p.n_articles > 0;
COMMENT ON VIEW report.doubtful_page IS 'Pages read with a confidence below one half, and why.';
