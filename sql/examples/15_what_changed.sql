-- What did later versions of a story add or leave out?
SELECT v.version_no, v.first_published_on, v.outlets, v.relation, c.change, c.sentence
FROM report.story_version AS v
JOIN report.story_version_change AS c USING (story_id, article_id)
ORDER BY v.story_id, v.version_no, v.article_id, c.change, c.sentence_no
LIMIT 10;
