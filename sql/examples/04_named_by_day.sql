-- How often was one entity named, day by day? Texts that nobody dates come last, undated.
SELECT published_on, n_articles, n_mentions
FROM report.entity_day
WHERE entity = 'كازاخستان'
ORDER BY published_on NULLS LAST;
