-- The newest day of which there is anything; none in an empty warehouse.
SELECT max(published_on) AS day, (SELECT count(*) FROM (SELECT FROM core.article LIMIT 2) AS a) AS n_articles
FROM core.press_day
