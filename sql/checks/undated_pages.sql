-- Share of main articles without a day of publication: every count by day leaves them out.
-- severity: warning, at most: 0.6
SELECT coalesce(avg((a.published_precision IS DISTINCT FROM 'day')::integer), 0) AS value,
  min(a.page_id::text) FILTER (WHERE a.published_precision IS DISTINCT FROM 'day') AS example
FROM checked_page
JOIN core.appearance AS a USING (page_id)
WHERE a.role = 'main'
