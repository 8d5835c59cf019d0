-- How much a watch would find a day, in the newest month.
SELECT published_on, n_articles
FROM report.watch_day(:watch_id)
ORDER BY published_on
LIMIT 60
