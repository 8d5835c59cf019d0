-- What stands on a page that is not the article, and by which rule was it told apart?
SELECT kind, rule, left(text, 60) AS text
FROM report.page_segment
WHERE kind NOT IN ('title', 'main_article', 'related_article')
ORDER BY page_id, segment_no
LIMIT 20;
