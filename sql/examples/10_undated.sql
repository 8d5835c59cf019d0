-- How many articles of each outlet carry no date, and are missing from every count by day?
SELECT outlet, n_articles, n_appearances, share
FROM report.undated
ORDER BY n_articles DESC, outlet;
