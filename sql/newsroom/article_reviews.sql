-- What readers have said of an article and its page, latest first.
SELECT subject, part, start_offset, end_offset, words, said, said_by, answer, note, reviewed_by, reviewed_at
FROM core.review
WHERE article_id = CAST(:article_id AS uuid) OR (page_id = CAST(:page_id AS uuid) AND part = 'page')
ORDER BY review_id DESC
LIMIT 50
