-- Which story each article belongs to.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (article_id) article_id, story_id, run_id
  FROM stage_story_article
  ORDER BY article_id
), known AS MATERIALIZED (
  SELECT article_id FROM staged AS s WHERE EXISTS (SELECT FROM core.story_article AS t WHERE t.article_id = s.article_id)
), changed AS (
  UPDATE core.story_article AS t
  SET story_id = s.story_id, run_id = s.run_id
  FROM staged AS s JOIN known USING (article_id)
  WHERE t.article_id = s.article_id
    AND t.story_id IS DISTINCT FROM s.story_id
)
INSERT INTO core.story_article (article_id, story_id, run_id)
SELECT article_id, story_id, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM known AS k WHERE k.article_id = s.article_id)
ORDER BY article_id
