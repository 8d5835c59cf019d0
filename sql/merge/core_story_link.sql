-- Links of the articles in stage_article_sketch to others.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (article_id, other_article_id) article_id, other_article_id, containment, relation, run_id
  FROM stage_story_link
  ORDER BY article_id, other_article_id
), gone AS (
  DELETE FROM core.story_link AS t
  USING stage_article_sketch AS p
  WHERE (t.article_id = p.article_id OR t.other_article_id = p.article_id)
    AND NOT EXISTS (SELECT FROM stage_story_link AS s WHERE s.article_id = t.article_id AND s.other_article_id = t.other_article_id)
), changed AS (
  UPDATE core.story_link AS t
  SET containment = s.containment, relation = s.relation, run_id = s.run_id
  FROM staged AS s
  WHERE (t.article_id, t.other_article_id) = (s.article_id, s.other_article_id)
    AND (t.containment, t.relation)
      IS DISTINCT FROM (s.containment, s.relation)
)
INSERT INTO core.story_link (article_id, other_article_id, containment, relation, run_id)
SELECT article_id, other_article_id, containment, relation, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM core.story_link AS t WHERE (t.article_id, t.other_article_id) = (s.article_id, s.other_article_id))
ORDER BY article_id, other_article_id
