-- What is named in an article, with why it points to what it points to.
SELECT m.part, m.start_offset, m.end_offset, m.surface, m.prefix, m.confidence, m.link_rule, m.link_score,
  m.recogniser_version, m.sentence_no, e.entity_id, e.entity_type, e.entity_key, e.name AS entity
FROM core.mention AS m
JOIN core.entity AS e USING (entity_id)
WHERE m.article_id = CAST(:article_id AS uuid)
ORDER BY m.part, m.start_offset
LIMIT 5000
