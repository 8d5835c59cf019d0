-- Pages whose segments leave a gap, overlap, or do not reach to the end.
-- severity: error, at most: 0
SELECT count(*) AS value, min(page_id::text) AS example
FROM (
  SELECT p.page_id
  FROM checked_page
  JOIN core.page AS p USING (page_id)
  CROSS JOIN LATERAL (
    SELECT *, lag(end_offset, 1, 0) OVER (ORDER BY segment_no) AS before
    FROM core.segment AS s WHERE s.page_id = p.page_id
  ) AS s
  GROUP BY p.page_id, p.text
  HAVING bool_or(s.start_offset <> s.before) OR max(s.end_offset) <> length(p.text)
) AS torn
