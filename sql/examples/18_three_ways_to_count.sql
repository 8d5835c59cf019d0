-- How often was an entity named: by text, by story, by appearance?
SELECT published_on, n_articles, n_stories, n_appearances
FROM report.entity_day
WHERE entity = 'كازاخستان'
ORDER BY published_on NULLS LAST;
