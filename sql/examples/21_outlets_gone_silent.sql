-- Which outlet has gone silent?
SELECT outlet, last_published_on, n_silent_days, round(expected::numeric, 1) AS expected, round(p_value::numeric, 3) AS p_value
FROM report.outlet_silence
ORDER BY p_value, outlet
LIMIT 10;
