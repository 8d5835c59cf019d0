-- A page as read. Its text is cut where no reader would scroll to.
SELECT p.page_id, left(p.text, 200000) AS text, length(p.text) AS n_characters, p.encoding, p.n_articles, p.confidence,
  p.doubts, p.reports, p.reader_version, d.uri, d.member, r.landed_at, r.media_type, r.n_bytes
FROM core.page AS p
JOIN raw.page AS r USING (page_id)
CROSS JOIN LATERAL (
  SELECT uri, member FROM raw.delivery WHERE page_id = p.page_id
  ORDER BY uri COLLATE "C", member COLLATE "C" LIMIT 1
) AS d
WHERE p.page_id = CAST(:page_id AS uuid)
