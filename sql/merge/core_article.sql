-- An article row is taken from the smallest page that carries the text, so that the order of arrival does not matter;
-- a newer reader takes it over whatever the page.
INSERT INTO core.article AS t (article_id, fingerprint, headline, body, n_words, text_sha256, page_id,
  appearance_no, reader_version, run_id)
SELECT DISTINCT ON (article_id) article_id, fingerprint, headline, body, n_words, text_sha256, page_id,
  appearance_no, reader_version, run_id
FROM stage_article
ORDER BY article_id, page_id, appearance_no
ON CONFLICT (article_id) DO UPDATE SET
  fingerprint = excluded.fingerprint,
  headline = excluded.headline,
  body = excluded.body,
  n_words = excluded.n_words,
  text_sha256 = excluded.text_sha256,
  page_id = excluded.page_id,
  appearance_no = excluded.appearance_no,
  reader_version = excluded.reader_version,
  run_id = excluded.run_id
WHERE (t.fingerprint, t.headline, t.body, t.n_words, t.text_sha256, t.page_id, t.appearance_no, t.reader_version)
  IS DISTINCT FROM (excluded.fingerprint, excluded.headline, excluded.body, excluded.n_words,
    excluded.text_sha256, excluded.page_id, excluded.appearance_no, excluded.reader_version)
  AND (t.reader_version <> excluded.reader_version
    OR (excluded.page_id, excluded.appearance_no) <= (t.page_id, t.appearance_no))
