-- How much did each outlet publish, day by day?
SELECT outlet, published_on, n_articles
FROM report.outlet_day
ORDER BY n_articles DESC, outlet, published_on
LIMIT 10;
