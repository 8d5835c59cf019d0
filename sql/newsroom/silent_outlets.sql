SELECT outlet, last_published_on, n_silent_days, expected, p_value
FROM report.outlet_silence
WHERE p_value < 0.05
ORDER BY p_value, outlet COLLATE "C"
LIMIT 12
