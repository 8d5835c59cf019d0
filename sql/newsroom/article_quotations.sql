SELECT quotation_no, start_offset, end_offset, speaker
FROM core.quotation
WHERE article_id = CAST(:article_id AS uuid)
ORDER BY quotation_no
LIMIT 1000
