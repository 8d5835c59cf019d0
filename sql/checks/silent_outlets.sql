-- Outlets of which nothing has come for longer than chance allows (once in a thousand).
-- severity: warning, at most: 0
SELECT count(*) AS value, min(outlet || ' since ' || last_published_on) AS example
FROM report.outlet_silence
WHERE p_value < 0.001 AND n_silent_days <= 60
