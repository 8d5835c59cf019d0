-- Which articles have been annotated.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (article_id) article_id, text_sha256, page_digest, n_mentions, recogniser_version, run_id
  FROM stage_annotation
  ORDER BY article_id
), known AS MATERIALIZED (
  SELECT article_id FROM staged AS s WHERE EXISTS (SELECT FROM core.annotation AS t WHERE t.article_id = s.article_id)
), changed AS (
  UPDATE core.annotation AS t
  SET text_sha256 = s.text_sha256, page_digest = s.page_digest, n_mentions = s.n_mentions,
    recogniser_version = s.recogniser_version, run_id = s.run_id
  FROM staged AS s JOIN known USING (article_id)
  WHERE t.article_id = s.article_id
    AND (t.text_sha256, t.page_digest, t.n_mentions, t.recogniser_version)
      IS DISTINCT FROM (s.text_sha256, s.page_digest, s.n_mentions, s.recogniser_version)
)
INSERT INTO core.annotation (article_id, text_sha256, page_digest, n_mentions, recogniser_version, run_id)
SELECT article_id, text_sha256, page_digest, n_mentions, recogniser_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM known AS k WHERE k.article_id = s.article_id)
ORDER BY article_id
