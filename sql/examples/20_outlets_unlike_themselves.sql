-- Which outlet published more, or less, than it usually does on such a day?
SELECT outlet, n_articles, round(expected::numeric, 1) AS expected, state, round(p_value::numeric, 4) AS p_value
FROM report.outlet_trend('2024-06-10', '2024-06-16')
ORDER BY p_value, outlet
LIMIT 10;
