-- Relational adjectives with the country they belong to.
CREATE VIEW report.demonym AS
SELECT d.article_id, d.part, d.start_offset, d.end_offset, d.sentence_no, d.surface, d.prefix,
  e.entity_id, e.entity_key, e.name AS entity, e.country, d.recogniser_version
FROM core.demonym AS d
JOIN core.sense AS s USING (sense_id)
JOIN core.entity AS e ON e.entity_id = s.entity_id;
COMMENT ON VIEW report.demonym IS
  'Adjectives such as السعودي and الروسية: no mentions of the country, but of whom and what belongs to it.';
COMMENT ON COLUMN report.demonym.entity IS 'The country or region.';
COMMENT ON COLUMN report.demonym.entity_id IS 'The country or region.';
