SELECT segment_no, kind, start_offset, end_offset, rule, appearance_no
FROM core.segment
WHERE page_id = CAST(:page_id AS uuid)
ORDER BY segment_no
LIMIT 1000
