-- Outlets in whose articles names are much rarer or more frequent than usual there: three standard errors and a third off
-- the mean of up to 300 earlier articles, where ten or more are looked at.
-- severity: warning, at most: 0
WITH looked_at AS (
  SELECT p.outlet, count(*) AS n, avg(n.n_mentions::double precision / greatest(t.n_words, 1)) AS rate
  FROM checked_article
  JOIN core.publication AS p USING (article_id)
  JOIN core.article AS t USING (article_id)
  JOIN core.annotation AS n USING (article_id)
  WHERE p.outlet IS NOT NULL AND t.n_words >= 50
  GROUP BY p.outlet
  HAVING count(*) >= 10
)
SELECT count(*) AS value, min(l.outlet || ': ' || round(100 * l.rate::numeric, 1) || ' names in 100 words, usually '
  || round(100 * u.mean::numeric, 1)) AS example
FROM looked_at AS l
CROSS JOIN LATERAL (
  SELECT count(*) AS n, avg(e.rate) AS mean, stddev_samp(e.rate) AS deviation
  FROM (
    SELECT n.n_mentions::double precision / greatest(t.n_words, 1) AS rate
    FROM core.publication AS p
    JOIN core.article AS t USING (article_id)
    JOIN core.annotation AS n USING (article_id)
    WHERE p.outlet = l.outlet AND t.n_words >= 50
      AND NOT EXISTS (SELECT FROM checked_article AS c WHERE c.article_id = p.article_id)
    ORDER BY p.published_on DESC NULLS LAST, p.article_id LIMIT 300
  ) AS e
) AS u
WHERE u.n >= 30 AND abs(l.rate - u.mean) > greatest(3 * u.deviation / sqrt(l.n), u.mean / 3)
