-- Where a page was found is written once; finding it there again changes nothing.
INSERT INTO raw.delivery AS t (page_id, uri, member, run_id)
SELECT DISTINCT ON (page_id, uri, member) page_id, uri, member, run_id
FROM stage_raw_delivery
ORDER BY page_id, uri, member
ON CONFLICT (page_id, uri, member) DO NOTHING
