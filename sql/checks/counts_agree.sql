-- Days on which the counts by day are not what the articles add up to (the 31 newest days among those checked).
-- severity: error, at most: 0
SELECT count(*) AS value, min(day::text) AS example
FROM (
  SELECT DISTINCT d.published_on AS day
  FROM checked_article
  JOIN core.article_day AS d USING (article_id)
  WHERE d.published_on IS NOT NULL
  ORDER BY day DESC LIMIT 31
) AS checked
CROSS JOIN LATERAL (
  SELECT count(*) AS n, count(*) FILTER (WHERE is_story_first) AS n_stories FROM core.article_day WHERE published_on = day
) AS own
LEFT JOIN core.press_day AS p ON p.published_on = day
WHERE (own.n, own.n_stories) IS DISTINCT FROM (p.n_articles::bigint, p.n_stories::bigint)
