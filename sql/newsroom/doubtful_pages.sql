-- The pages of whose reading the reader is least sure.
SELECT d.page_id, d.uri, d.member, d.confidence, d.doubts, a.article_id, a.headline
FROM report.doubtful_page AS d
CROSS JOIN LATERAL (
  SELECT article_id, headline FROM core.appearance WHERE page_id = d.page_id ORDER BY appearance_no LIMIT 1
) AS a
ORDER BY d.confidence, d.page_id
LIMIT 12
