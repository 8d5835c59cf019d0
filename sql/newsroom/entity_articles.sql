-- Articles that name an entity, newest first, from a place on; those without a day last.
SELECT x.article_id, x.published_on, x.n_mentions, t.headline, o.outlet
FROM (
  (
    SELECT article_id, published_on, n_mentions
    FROM core.entity_article
    WHERE entity_id = CAST(:entity_id AS uuid) AND published_on IS NOT NULL
      AND (CAST(:before AS date) IS NULL
        OR (published_on, article_id) < (CAST(:before AS date), CAST(:before_id AS uuid)))
      AND NOT CAST(:is_undated AS boolean)
    ORDER BY published_on DESC NULLS LAST, article_id DESC
    LIMIT :n
  )
  UNION ALL
  (
    SELECT article_id, published_on, n_mentions
    FROM core.entity_article
    WHERE entity_id = CAST(:entity_id AS uuid) AND published_on IS NULL
      AND (CAST(:before_id AS uuid) IS NULL OR NOT CAST(:is_undated AS boolean) OR article_id < CAST(:before_id AS uuid))
    ORDER BY article_id DESC
    LIMIT :n
  )
) AS x
JOIN core.article AS t USING (article_id)
CROSS JOIN LATERAL report.article_publisher(x.article_id) AS o
ORDER BY x.published_on DESC NULLS LAST, x.article_id DESC
LIMIT :n
