-- Quotations with their words.
CREATE VIEW report.quotation AS
SELECT q.article_id, q.quotation_no, q.speaker,
  substr(t.body, q.start_offset + 1, q.end_offset - q.start_offset) AS words, t.headline
FROM core.quotation AS q
JOIN core.article AS t USING (article_id);
COMMENT ON VIEW report.quotation IS 'Words between quotation marks, with the speaker where the text names one.';
