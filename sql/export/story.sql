-- Stories, each on the day of its first text, with all texts that tell it.
SELECT d.story_id, d.published_on, d.article_id AS first_article_id, t.headline, s.n_articles, s.n_appearances, s.last_published_on,
  s.article_ids
FROM core.article_day AS d
JOIN core.article AS t USING (article_id)
CROSS JOIN LATERAL (
  SELECT count(*) AS n_articles, sum(o.n_appearances) AS n_appearances, max(o.published_on) AS last_published_on,
    array_agg(o.article_id ORDER BY o.article_id) AS article_ids
  FROM core.article_day AS o
  WHERE o.story_id = d.story_id
) AS s
WHERE d.is_story_first AND {d.published_on}
ORDER BY d.story_id
