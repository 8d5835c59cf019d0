-- A page is written once: its identity is its bytes, so a second arrival has nothing to change.
INSERT INTO raw.page AS t (page_id, sha256, content, media_type, n_bytes, run_id)
SELECT DISTINCT ON (page_id) page_id, sha256, content, media_type, n_bytes, run_id
FROM stage_raw_page
ORDER BY page_id
ON CONFLICT (page_id) DO NOTHING
