-- Share of appearances dated before 1990: papers have archives, a pile of them is a misread date.
-- severity: warning, at most: 0.02
SELECT coalesce(avg((a.published_on < date '1990-01-01')::integer), 0) AS value,
  min(a.page_id || ': ' || a.published_evidence) FILTER (WHERE a.published_on < date '1990-01-01') AS example
FROM checked_page
JOIN core.appearance AS a USING (page_id)
WHERE a.published_on IS NOT NULL
