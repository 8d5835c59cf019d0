-- Segments of the pages in stage_page: what the reader no longer finds goes, what has changed is replaced.
WITH gone AS (
  DELETE FROM core.segment AS t
  USING stage_page AS p
  WHERE t.page_id = p.page_id
    AND NOT EXISTS (SELECT FROM stage_segment AS s WHERE s.page_id = t.page_id AND s.segment_no = t.segment_no)
)
INSERT INTO core.segment AS t (page_id, segment_no, kind, start_offset, end_offset, rule, appearance_no,
  reader_version, run_id)
SELECT DISTINCT ON (page_id, segment_no) page_id, segment_no, kind, start_offset, end_offset, rule,
  appearance_no, reader_version, run_id
FROM stage_segment
ORDER BY page_id, segment_no
ON CONFLICT (page_id, segment_no) DO UPDATE SET
  kind = excluded.kind,
  start_offset = excluded.start_offset,
  end_offset = excluded.end_offset,
  rule = excluded.rule,
  appearance_no = excluded.appearance_no,
  reader_version = excluded.reader_version,
  run_id = excluded.run_id
WHERE (t.kind, t.start_offset, t.end_offset, t.rule, t.appearance_no, t.reader_version)
  IS DISTINCT FROM (excluded.kind, excluded.start_offset, excluded.end_offset, excluded.rule,
    excluded.appearance_no, excluded.reader_version)
