-- The segments of a page with their text.
CREATE VIEW report.page_segment AS
SELECT s.page_id, s.segment_no, s.kind, s.rule, s.appearance_no, s.start_offset, s.end_offset,
  substr(p.text, s.start_offset + 1, s.end_offset - s.start_offset) AS text
FROM core.segment AS s
JOIN core.page AS p USING (page_id);
COMMENT ON VIEW report.page_segment IS 'What stands on a page, piece by piece: what it was taken for, and by which rule.';
