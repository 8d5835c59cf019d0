-- Which story each article belongs to.
INSERT INTO core.story_article AS t (article_id, story_id, run_id)
SELECT DISTINCT ON (article_id) article_id, story_id, run_id
FROM stage_story_article
ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
  story_id = excluded.story_id,
  run_id = excluded.run_id
WHERE (t.story_id)
  IS DISTINCT FROM (excluded.story_id)
