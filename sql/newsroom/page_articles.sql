-- What else stands on a page.
SELECT appearance_no, role, article_id, headline
FROM core.appearance
WHERE page_id = CAST(:page_id AS uuid)
ORDER BY appearance_no
LIMIT 50
