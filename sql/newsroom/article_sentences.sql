SELECT sentence_no, paragraph_no, start_offset, end_offset
FROM core.sentence
WHERE article_id = CAST(:article_id AS uuid)
ORDER BY sentence_no
LIMIT 2000
