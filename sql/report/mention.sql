-- Mentions with their entity and where they stand.
CREATE VIEW report.mention AS
SELECT
  m.article_id, m.part, m.start_offset, m.end_offset, m.sentence_no, m.surface, m.prefix, m.confidence,
  e.entity_id, e.entity_key, e.entity_type, e.name AS entity, m.recogniser_version
FROM core.mention AS m
JOIN core.entity AS e USING (entity_id);
COMMENT ON VIEW report.mention IS 'One row per name found in an article, with the entity it points to.';
COMMENT ON COLUMN report.mention.entity_id IS 'What it points to.';
COMMENT ON COLUMN report.mention.entity IS 'Name to show.';
