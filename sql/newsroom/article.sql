-- One article, its counts, and the page its row was taken from.
SELECT t.article_id, t.headline, t.body, t.n_words, t.page_id, t.appearance_no, t.reader_version,
  n.n_mentions, n.recogniser_version, s.story_id
FROM core.article AS t
LEFT JOIN core.annotation AS n USING (article_id)
LEFT JOIN core.story_article AS s USING (article_id)
WHERE t.article_id = CAST(:article_id AS uuid)
