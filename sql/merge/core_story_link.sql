-- Links of the articles in stage_article_sketch to others.
WITH gone AS (
  DELETE FROM core.story_link AS t
  USING stage_article_sketch AS p
  WHERE (t.article_id = p.article_id OR t.other_article_id = p.article_id)
    AND NOT EXISTS (SELECT FROM stage_story_link AS s WHERE s.article_id = t.article_id AND s.other_article_id = t.other_article_id)
)
INSERT INTO core.story_link AS t (article_id, other_article_id, containment, relation, run_id)
SELECT DISTINCT ON (article_id, other_article_id) article_id, other_article_id, containment, relation, run_id
FROM stage_story_link
ORDER BY article_id, other_article_id
ON CONFLICT (article_id, other_article_id) DO UPDATE SET
  containment = excluded.containment,
  relation = excluded.relation,
  run_id = excluded.run_id
WHERE (t.containment, t.relation)
  IS DISTINCT FROM (excluded.containment, excluded.relation)
