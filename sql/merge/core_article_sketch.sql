-- Sketches of articles.
INSERT INTO core.article_sketch AS t (article_id, hashes, run_id)
SELECT DISTINCT ON (article_id) article_id, hashes, run_id
FROM stage_article_sketch
ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
  hashes = excluded.hashes,
  run_id = excluded.run_id
WHERE (t.hashes)
  IS DISTINCT FROM (excluded.hashes)
