-- Articles whose id is not that of their fingerprint, so that one text could be there twice.
-- severity: error, at most: 0
SELECT count(*) AS value, min(t.article_id::text) AS example
FROM checked_article
JOIN core.article AS t USING (article_id)
WHERE encode(substr(t.fingerprint, 1, 16), 'hex')::uuid <> t.article_id
