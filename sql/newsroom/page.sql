-- A page as read. Its text is cut where no reader would scroll to.
SELECT page_id, left(text, 200000) AS text, length(text) AS n_characters, encoding, n_articles, confidence, doubts, reports,
  reader_version
FROM core.page
WHERE page_id = CAST(:page_id AS uuid)
