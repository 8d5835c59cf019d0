-- The texts of a story in the order in which they were published.
SELECT article_id, version_no, first_published_on AS published_on, outlets, headline, n_words, earlier_article_id, relation,
  containment
FROM report.story_version
WHERE story_id = CAST(:story_id AS uuid)
ORDER BY version_no NULLS LAST, article_id
LIMIT 30
