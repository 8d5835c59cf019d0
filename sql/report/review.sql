-- What readers found wrong, and whether the machine still says it.
CREATE VIEW report.review AS
SELECT r.review_id, r.subject, r.words, r.said, r.said_by, r.answer, r.note, r.page_id, r.article_id, r.part,
  r.start_offset, r.end_offset, r.reviewed_by, r.reviewed_at,
  CASE r.subject
    WHEN 'segment' THEN EXISTS (
      SELECT FROM core.segment AS s
      WHERE s.page_id = r.page_id AND s.start_offset = r.start_offset AND s.end_offset = r.end_offset AND s.kind = r.said
    )
    ELSE EXISTS (
      SELECT FROM core.mention AS m JOIN core.entity AS e USING (entity_id)
      WHERE m.article_id = r.article_id AND m.part = r.part AND m.start_offset = r.start_offset
        AND m.end_offset = r.end_offset AND e.entity_key = r.said
    )
  END AS is_still_said
FROM core.review AS r;
COMMENT ON VIEW report.review IS
  'One row per segment or name that a reader of the newsroom called wrong: the words, what was said of them and what it should be.';
COMMENT ON COLUMN report.review.is_still_said IS
  'Whether the warehouse still says it there: what an evaluation counts as not mended.';
COMMENT ON COLUMN report.review.page_id IS 'The page on which it was seen.';
COMMENT ON COLUMN report.review.article_id IS 'The article beside which it was seen.';
COMMENT ON COLUMN report.review.part IS 'page, headline or body: the text that the offsets count in.';
COMMENT ON COLUMN report.review.start_offset IS 'First character.';
