-- Names found in articles, on the day of their article.
SELECT m.article_id, d.published_on, m.part, m.start_offset, m.end_offset, m.sentence_no, m.mention_type, m.surface, m.prefix,
  m.confidence, m.entity_id, e.entity_key, e.name AS entity, m.spelling, m.link_rule, m.link_score, m.recogniser_version
FROM core.article_day AS d
JOIN core.mention AS m USING (article_id)
LEFT JOIN core.entity AS e USING (entity_id)
WHERE {d.published_on}
ORDER BY m.article_id, m.part, m.start_offset
