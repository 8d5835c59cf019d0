-- The counts take up the differences; what has come to nothing goes.
INSERT INTO core.entity_day AS t (entity_id, published_on, n_articles, n_stories, n_appearances, n_mentions)
SELECT entity_id, published_on, n_articles, n_stories, n_appearances, n_mentions
FROM difference_entity_day
ORDER BY entity_id, published_on
ON CONFLICT (entity_id, published_on) DO UPDATE SET
  n_articles = t.n_articles + excluded.n_articles,
  n_stories = t.n_stories + excluded.n_stories,
  n_appearances = t.n_appearances + excluded.n_appearances,
  n_mentions = t.n_mentions + excluded.n_mentions;
DELETE FROM core.entity_day WHERE n_articles = 0 AND n_appearances = 0;

INSERT INTO core.entity_total AS t (entity_id, n_articles, n_stories, n_appearances, n_mentions, n_undated)
SELECT entity_id, sum(n_articles), sum(n_stories), sum(n_appearances), sum(n_mentions),
  coalesce(sum(n_articles) FILTER (WHERE published_on IS NULL), 0)
FROM difference_entity_day
GROUP BY entity_id
ORDER BY entity_id
ON CONFLICT (entity_id) DO UPDATE SET
  n_articles = t.n_articles + excluded.n_articles,
  n_stories = t.n_stories + excluded.n_stories,
  n_appearances = t.n_appearances + excluded.n_appearances,
  n_mentions = t.n_mentions + excluded.n_mentions,
  n_undated = t.n_undated + excluded.n_undated
WHERE (excluded.n_articles, excluded.n_stories, excluded.n_appearances, excluded.n_mentions, excluded.n_undated)
  <> (0, 0, 0, 0, 0);
DELETE FROM core.entity_total WHERE n_articles = 0;

INSERT INTO core.outlet_day AS t (outlet, published_on, n_articles, n_appearances, n_main)
SELECT outlet, published_on, n_articles, n_appearances, n_main
FROM difference_outlet_day
ORDER BY outlet, published_on
ON CONFLICT (outlet, published_on) DO UPDATE SET
  n_articles = t.n_articles + excluded.n_articles,
  n_appearances = t.n_appearances + excluded.n_appearances,
  n_main = t.n_main + excluded.n_main;
DELETE FROM core.outlet_day WHERE n_articles = 0 AND n_appearances = 0;

INSERT INTO core.outlet_total AS t (outlet, n_articles, n_appearances, n_undated, n_undated_appearances)
SELECT outlet, sum(n_articles), sum(n_appearances), coalesce(sum(n_articles) FILTER (WHERE published_on IS NULL), 0),
  coalesce(sum(n_appearances) FILTER (WHERE published_on IS NULL), 0)
FROM difference_outlet_day
GROUP BY outlet
ORDER BY outlet
ON CONFLICT (outlet) DO UPDATE SET
  n_articles = t.n_articles + excluded.n_articles,
  n_appearances = t.n_appearances + excluded.n_appearances,
  n_undated = t.n_undated + excluded.n_undated,
  n_undated_appearances = t.n_undated_appearances + excluded.n_undated_appearances
WHERE (excluded.n_articles, excluded.n_appearances, excluded.n_undated, excluded.n_undated_appearances) <> (0, 0, 0, 0);
DELETE FROM core.outlet_total WHERE n_appearances = 0;

INSERT INTO core.press_day AS t (published_on, n_articles, n_stories, n_appearances)
SELECT published_on, n_articles, n_stories, n_appearances
FROM difference_press_day
ORDER BY published_on
ON CONFLICT (published_on) DO UPDATE SET
  n_articles = t.n_articles + excluded.n_articles,
  n_stories = t.n_stories + excluded.n_stories,
  n_appearances = t.n_appearances + excluded.n_appearances;
DELETE FROM core.press_day WHERE n_articles = 0 AND n_appearances = 0
