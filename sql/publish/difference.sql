-- What the articles in `touched` add to each count now, less what those in `published` added when they were last published.
CREATE TEMPORARY TABLE difference_entity_day ON COMMIT DROP AS
SELECT entity_id, published_on, sum(n_articles)::integer AS n_articles, sum(n_stories)::integer AS n_stories,
  sum(n_appearances)::integer AS n_appearances, sum(n_mentions)::integer AS n_mentions
FROM (
  SELECT entity_id, published_on, 1 AS n_articles, is_story_first::integer AS n_stories, 0 AS n_appearances, n_mentions
  FROM now_entity_article
  UNION ALL
  SELECT e.entity_id, p.published_on, 0, 0, p.n_appearances, 0
  FROM now_entity_article AS e
  JOIN now_publication AS p USING (article_id)
  UNION ALL
  SELECT entity_id, published_on, -1, -is_story_first::integer, 0, -n_mentions
  FROM core.entity_article
  JOIN published USING (article_id)
  UNION ALL
  SELECT e.entity_id, p.published_on, 0, 0, -p.n_appearances, 0
  FROM core.entity_article AS e
  JOIN published USING (article_id)
  JOIN core.publication AS p USING (article_id)
) AS c
GROUP BY entity_id, published_on
HAVING (sum(n_articles), sum(n_stories), sum(n_appearances), sum(n_mentions)) <> (0, 0, 0, 0);

CREATE TEMPORARY TABLE difference_outlet_day ON COMMIT DROP AS
SELECT outlet, published_on, sum(n_articles)::integer AS n_articles, sum(n_appearances)::integer AS n_appearances,
  sum(n_main)::integer AS n_main
FROM (
  SELECT outlet, published_on, 1 AS n_articles, n_appearances, n_main FROM now_publication
  UNION ALL
  SELECT outlet, published_on, -1, -n_appearances, -n_main FROM core.publication JOIN published USING (article_id)
) AS c
GROUP BY outlet, published_on
HAVING (sum(n_articles), sum(n_appearances), sum(n_main)) <> (0, 0, 0);

CREATE TEMPORARY TABLE difference_press_day ON COMMIT DROP AS
SELECT published_on, sum(n_articles)::integer AS n_articles, sum(n_stories)::integer AS n_stories,
  sum(n_appearances)::integer AS n_appearances
FROM (
  SELECT published_on, 1 AS n_articles, is_story_first::integer AS n_stories, 0 AS n_appearances FROM now_article_day
  UNION ALL
  SELECT published_on, 0, 0, n_appearances FROM now_publication
  UNION ALL
  SELECT published_on, -1, -is_story_first::integer, 0 FROM core.article_day JOIN published USING (article_id)
  UNION ALL
  SELECT published_on, 0, 0, -n_appearances FROM core.publication JOIN published USING (article_id)
) AS c
GROUP BY published_on
HAVING (sum(n_articles), sum(n_stories), sum(n_appearances)) <> (0, 0, 0)
