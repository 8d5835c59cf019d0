-- Articles in whose present words nobody has looked for names, or for their story.
-- severity: error, at most: 0
SELECT count(*) AS value, min(t.article_id::text) AS example
FROM checked_article
JOIN core.article AS t USING (article_id)
LEFT JOIN core.annotation AS n USING (article_id)
LEFT JOIN core.article_sketch AS k USING (article_id)
WHERE (n.text_sha256, k.text_sha256) IS DISTINCT FROM (t.text_sha256, t.text_sha256)
