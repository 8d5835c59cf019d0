-- What an entity is quoted as saying in the newest articles that name it; or what is said where it is named.
WITH near AS MATERIALIZED (
  SELECT article_id, published_on, sentence_nos FROM core.entity_article
  WHERE entity_id = CAST(:entity_id AS uuid)
  ORDER BY published_on DESC NULLS LAST, article_id DESC
  LIMIT 200
)
SELECT q.article_id, n.published_on, t.headline, q.speaker,
  substr(t.body, q.start_offset + 1, least(q.end_offset - q.start_offset, 400)) AS words
FROM near AS n
JOIN core.quotation AS q USING (article_id)
JOIN core.article AS t USING (article_id)
WHERE q.speaker IN (SELECT name FROM core.entity_name WHERE entity_id = CAST(:entity_id AS uuid))
ORDER BY n.published_on DESC NULLS LAST, q.article_id, q.quotation_no
LIMIT 8
