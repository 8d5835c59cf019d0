-- Segments of the pages in stage_page: what the reader no longer finds goes, what has changed is replaced.
WITH known AS MATERIALIZED (
  SELECT page_id FROM stage_page AS p WHERE EXISTS (SELECT FROM core.segment AS t WHERE t.page_id = p.page_id)
), staged AS MATERIALIZED (
  SELECT DISTINCT ON (page_id, segment_no) page_id, segment_no, kind, start_offset, end_offset, rule,
    appearance_no, reader_version, run_id,
    CASE WHEN s.page_id IN (SELECT page_id FROM known) THEN s.page_id END AS known_id
  FROM stage_segment AS s
  ORDER BY page_id, segment_no
), gone AS (
  DELETE FROM core.segment AS t
  USING known AS p
  WHERE t.page_id = p.page_id
    AND NOT EXISTS (SELECT FROM stage_segment AS s WHERE s.page_id = t.page_id AND s.segment_no = t.segment_no)
), changed AS (
  UPDATE core.segment AS t
  SET kind = s.kind, start_offset = s.start_offset, end_offset = s.end_offset, rule = s.rule,
    appearance_no = s.appearance_no, reader_version = s.reader_version, run_id = s.run_id
  FROM staged AS s
  WHERE (t.page_id, t.segment_no) = (s.known_id, s.segment_no)
    AND (t.kind, t.start_offset, t.end_offset, t.rule, t.appearance_no, t.reader_version)
      IS DISTINCT FROM (s.kind, s.start_offset, s.end_offset, s.rule, s.appearance_no, s.reader_version)
)
INSERT INTO core.segment (page_id, segment_no, kind, start_offset, end_offset, rule, appearance_no, reader_version,
  run_id)
SELECT page_id, segment_no, kind, start_offset, end_offset, rule, appearance_no, reader_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM core.segment AS t WHERE (t.page_id, t.segment_no) = (s.known_id, s.segment_no))
ORDER BY page_id, segment_no
