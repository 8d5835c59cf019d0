-- The stories told most in the days up to a day, with who is said to have been first.
SELECT s.story_id, s.n_articles, s.n_appearances, s.first_day AS published_on, s.article_id, t.headline, o.outlet
FROM (
  SELECT story_id, count(*) AS n_articles, sum(n_appearances) AS n_appearances, min(published_on) AS first_day,
    (array_agg(article_id ORDER BY is_story_first DESC, published_on, article_id))[1] AS article_id
  FROM core.article_day
  WHERE published_on BETWEEN CAST(:day AS date) - 2 AND CAST(:day AS date)
  GROUP BY story_id
  HAVING sum(n_appearances) > 1
  ORDER BY sum(n_appearances) DESC, story_id
  LIMIT 4
) AS s
JOIN core.article AS t USING (article_id)
CROSS JOIN LATERAL report.article_publisher(s.article_id, s.first_day) AS o
ORDER BY s.n_appearances DESC, s.story_id
