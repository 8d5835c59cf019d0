-- Of which pages is the reader itself unsure, and why?
SELECT uri, confidence, doubts
FROM report.doubtful_page
ORDER BY confidence, uri
LIMIT 10;
