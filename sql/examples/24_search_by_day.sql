-- How many texts of each day does a search find?
SELECT published_on, n_articles, share
FROM report.search_day('للسعودية OR كازاخستان', '2024-05-01', '2024-06-30')
WHERE n_articles > 0;
