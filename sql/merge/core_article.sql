-- An article row is taken from the smallest page that carries the text, so that the order of arrival does not matter;
-- a newer reader takes it over whatever the page. A row that is there as it is staged is not even locked: what stands below
-- it was written with it, and has nothing to change either.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (article_id) article_id, fingerprint, headline, body, n_words, text_sha256, page_id,
    appearance_no, reader_version, run_id
  FROM stage_article
  ORDER BY article_id, page_id, appearance_no
)
INSERT INTO core.article AS t (article_id, fingerprint, headline, body, n_words, text_sha256, page_id,
  appearance_no, reader_version, run_id)
SELECT article_id, fingerprint, headline, body, n_words, text_sha256, page_id, appearance_no, reader_version, run_id
FROM staged AS s
WHERE NOT EXISTS (
  SELECT FROM core.article AS t
  WHERE t.article_id = s.article_id
    AND (t.fingerprint, t.headline, t.body, t.n_words, t.text_sha256, t.page_id, t.appearance_no, t.reader_version)
      IS NOT DISTINCT FROM (s.fingerprint, s.headline, s.body, s.n_words, s.text_sha256, s.page_id, s.appearance_no,
        s.reader_version)
)
ORDER BY article_id
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
WHERE t.reader_version <> excluded.reader_version
  OR (excluded.page_id, excluded.appearance_no) <= (t.page_id, t.appearance_no)
