-- What the articles in `published` added when last published is replaced by what those in `touched` add now.
DELETE FROM core.publication AS t
USING published
WHERE t.article_id = published.article_id AND NOT EXISTS (
  SELECT FROM now_publication AS n
  WHERE n.article_id = t.article_id AND n.outlet IS NOT DISTINCT FROM t.outlet
    AND n.published_on IS NOT DISTINCT FROM t.published_on
);
INSERT INTO core.publication AS t (article_id, outlet, published_on, n_appearances, n_main)
SELECT article_id, outlet, published_on, n_appearances, n_main
FROM now_publication
ORDER BY article_id, outlet, published_on
ON CONFLICT (article_id, outlet, published_on) DO UPDATE SET
  n_appearances = excluded.n_appearances,
  n_main = excluded.n_main
WHERE (t.n_appearances, t.n_main) IS DISTINCT FROM (excluded.n_appearances, excluded.n_main);

DELETE FROM core.article_day AS t
USING published
WHERE t.article_id = published.article_id
  AND NOT EXISTS (SELECT FROM now_article_day AS n WHERE n.article_id = t.article_id);
INSERT INTO core.article_day AS t (article_id, published_on, story_id, is_story_first, n_appearances)
SELECT article_id, published_on, story_id, is_story_first, n_appearances
FROM now_article_day
ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
  published_on = excluded.published_on,
  story_id = excluded.story_id,
  is_story_first = excluded.is_story_first,
  n_appearances = excluded.n_appearances
WHERE (t.published_on, t.story_id, t.is_story_first, t.n_appearances)
  IS DISTINCT FROM (excluded.published_on, excluded.story_id, excluded.is_story_first, excluded.n_appearances);

DELETE FROM core.entity_article AS t
USING published
WHERE t.article_id = published.article_id AND NOT EXISTS (
  SELECT FROM now_entity_article AS n WHERE n.article_id = t.article_id AND n.entity_id = t.entity_id
);
INSERT INTO core.entity_article AS t (article_id, entity_id, published_on, is_story_first, n_mentions, sentence_nos)
SELECT article_id, entity_id, published_on, is_story_first, n_mentions, sentence_nos
FROM now_entity_article
ORDER BY article_id, entity_id
ON CONFLICT (article_id, entity_id) DO UPDATE SET
  published_on = excluded.published_on,
  is_story_first = excluded.is_story_first,
  n_mentions = excluded.n_mentions,
  sentence_nos = excluded.sentence_nos
WHERE (t.published_on, t.is_story_first, t.n_mentions, t.sentence_nos)
  IS DISTINCT FROM (excluded.published_on, excluded.is_story_first, excluded.n_mentions, excluded.sentence_nos)
