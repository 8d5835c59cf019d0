-- Which outlets published how much on a day, against their own usual.
SELECT outlet, outlet_id, n_articles, expected, state
FROM report.outlet_trend(CAST(:day AS date), CAST(:day AS date))
WHERE n_articles > 0 OR state IN ('silent', 'halved')
ORDER BY n_articles DESC, outlet COLLATE "C"
LIMIT 7
