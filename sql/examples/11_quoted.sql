-- What is a person quoted as saying?
SELECT speaker, words, headline
FROM report.quotation
WHERE speaker IS NOT NULL
ORDER BY speaker, article_id, quotation_no
LIMIT 10;
