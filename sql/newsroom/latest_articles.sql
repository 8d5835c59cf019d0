-- The newest articles up to a day, from a place on.
SELECT d.article_id, d.published_on, t.headline, left(t.body, 160) AS lead, o.outlet
FROM (
  SELECT article_id, published_on
  FROM core.article_day
  WHERE published_on <= CAST(:day AS date)
    AND (CAST(:before AS date) IS NULL
      OR (published_on, article_id) < (CAST(:before AS date), CAST(:before_id AS uuid)))
  ORDER BY published_on DESC, article_id DESC
  LIMIT :n
) AS d
JOIN core.article AS t USING (article_id)
CROSS JOIN LATERAL report.article_publisher(d.article_id) AS o
ORDER BY d.published_on DESC, d.article_id DESC
