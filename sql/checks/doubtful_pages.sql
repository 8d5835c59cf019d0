-- Share of pages of whose reading the reader itself is unsure.
-- severity: warning, at most: 0.15
SELECT coalesce(avg((p.confidence < 0.5)::integer), 0) AS value,
  min(p.page_id::text) FILTER (WHERE p.confidence < 0.5) AS example
FROM checked_page
JOIN core.page AS p USING (page_id)
WHERE p.n_articles > 0
