-- Which texts stand on more than one page, and where?
SELECT headline, n_appearances, outlets, first_published_on
FROM report.article
WHERE n_appearances > 1
ORDER BY n_appearances DESC, headline
LIMIT 10;
