-- The story that an article tells: who is said to have been first, and how widely it was told.
SELECT story_id, n_articles, n_appearances, n_outlets, first_published_on, last_published_on, first_outlets, n_undated
FROM report.story
WHERE story_id = CAST(:story_id AS uuid)
