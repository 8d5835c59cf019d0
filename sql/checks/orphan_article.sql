-- Articles that stand on no page, or whose row was taken from an appearance that is not there.
-- severity: error, at most: 0
SELECT count(*) AS value, min(t.article_id::text) AS example
FROM checked_article
JOIN core.article AS t USING (article_id)
WHERE NOT EXISTS (
  SELECT FROM core.appearance AS a
  WHERE a.page_id = t.page_id AND a.appearance_no = t.appearance_no AND a.article_id = t.article_id
)
