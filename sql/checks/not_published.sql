-- Articles that the search and the counts do not know in their present words.
-- severity: error, at most: 0
SELECT count(*) AS value, min(t.article_id::text) AS example
FROM checked_article
JOIN core.article AS t USING (article_id)
LEFT JOIN core.article_search AS s USING (article_id)
LEFT JOIN core.article_day AS d USING (article_id)
WHERE d.article_id IS NULL OR s.text_sha256 IS DISTINCT FROM t.text_sha256
