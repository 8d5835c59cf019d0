-- How many articles of each outlet carry no date, and would be missing from every count by day?
SELECT outlet, n_articles
FROM report.outlet_day
WHERE published_on IS NULL
ORDER BY n_articles DESC, outlet;
