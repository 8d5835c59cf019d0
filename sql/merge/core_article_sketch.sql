-- Sketches of articles.
INSERT INTO core.article_sketch AS t (article_id, text_sha256, hashes, outlets, run_id)
SELECT DISTINCT ON (article_id) article_id, text_sha256, hashes, outlets, run_id
FROM stage_article_sketch
ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
  text_sha256 = excluded.text_sha256,
  hashes = excluded.hashes,
  outlets = excluded.outlets,
  run_id = excluded.run_id
WHERE (t.text_sha256, t.hashes, t.outlets)
  IS DISTINCT FROM (excluded.text_sha256, excluded.hashes, excluded.outlets)
