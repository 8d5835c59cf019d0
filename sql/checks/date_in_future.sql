-- Appearances dated later than the day after their page was landed.
-- severity: error, at most: 0
SELECT count(*) AS value, min(a.page_id || ': ' || a.published_evidence) AS example
FROM checked_page
JOIN core.appearance AS a USING (page_id)
JOIN raw.page AS r USING (page_id)
WHERE a.published_on > (r.landed_at AT TIME ZONE 'UTC')::date + 1
