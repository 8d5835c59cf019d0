-- Sentences and quotations that reach out of their article, or hold nothing.
-- severity: error, at most: 0
SELECT count(*) AS value, min(t.article_id::text) AS example
FROM checked_article
JOIN core.article AS t USING (article_id)
CROSS JOIN LATERAL (
  SELECT start_offset, end_offset FROM core.sentence AS s WHERE s.article_id = t.article_id
  UNION ALL
  SELECT start_offset, end_offset FROM core.quotation AS q WHERE q.article_id = t.article_id
) AS s
WHERE s.start_offset < 0 OR s.end_offset <= s.start_offset OR s.end_offset > length(t.body)
