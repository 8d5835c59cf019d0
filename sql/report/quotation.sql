-- Quotations with their words and speakers.
CREATE VIEW report.quotation AS
SELECT q.article_id, q.quotation_no, q.kind, q.speaker, q.speaker_how,
  e.entity_id, e.entity_key, e.name AS entity, s.rule AS entity_rule, s.score AS entity_score,
  substr(t.body, q.start_offset + 1, q.end_offset - q.start_offset) AS words, t.headline
FROM core.quotation AS q
JOIN core.article AS t USING (article_id)
LEFT JOIN core.speaker AS s USING (article_id, quotation_no)
LEFT JOIN core.sense_name AS n ON (n.sense_id, n.name) = (s.sense_id, s.name)
LEFT JOIN core.entity AS e ON e.entity_id = n.entity_id;
COMMENT ON VIEW report.quotation IS
  'Words between quotation marks: speech, whole or in part, or a term; the speaker as the text says it, and the entity where that can be told.';
COMMENT ON COLUMN report.quotation.speaker IS 'The words that tell who speaks; of a pronoun, those of the speaker before.';
COMMENT ON COLUMN report.quotation.entity IS 'Who speaks; empty where the text leaves it open.';
COMMENT ON COLUMN report.quotation.entity_rule IS 'Why: named, name elsewhere (in the article), pronoun, role, only person (that the article names).';
COMMENT ON COLUMN report.quotation.article_id IS 'The article.';
COMMENT ON COLUMN report.quotation.quotation_no IS 'Place in the article, from 1.';
COMMENT ON COLUMN report.quotation.entity_id IS 'The entity that speaks; empty where the text leaves it open.';
COMMENT ON COLUMN report.quotation.entity_score IS 'How sure that is, 0 to 1.';
COMMENT ON COLUMN report.quotation.words IS 'The words, with their quotation marks.';
