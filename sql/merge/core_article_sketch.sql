-- Sketches of articles.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (article_id) article_id, text_sha256, hashes, n_keys, outlets, run_id
  FROM stage_article_sketch
  ORDER BY article_id
), known AS MATERIALIZED (
  SELECT article_id FROM staged AS s WHERE EXISTS (SELECT FROM core.article_sketch AS t WHERE t.article_id = s.article_id)
), changed AS (
  UPDATE core.article_sketch AS t
  SET text_sha256 = s.text_sha256, hashes = s.hashes, n_keys = s.n_keys, outlets = s.outlets, run_id = s.run_id
  FROM staged AS s JOIN known USING (article_id)
  WHERE t.article_id = s.article_id
    AND (t.text_sha256, t.hashes, t.n_keys, t.outlets)
      IS DISTINCT FROM (s.text_sha256, s.hashes, s.n_keys, s.outlets)
)
INSERT INTO core.article_sketch (article_id, text_sha256, hashes, n_keys, outlets, run_id)
SELECT article_id, text_sha256, hashes, n_keys, outlets, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM known AS k WHERE k.article_id = s.article_id)
ORDER BY article_id
