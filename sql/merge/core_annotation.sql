-- Which articles have been annotated.
INSERT INTO core.annotation AS t (article_id, text_sha256, n_mentions, recogniser_version, run_id)
SELECT DISTINCT ON (article_id) article_id, text_sha256, n_mentions, recogniser_version, run_id
FROM stage_annotation
ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
  text_sha256 = excluded.text_sha256,
  n_mentions = excluded.n_mentions,
  recogniser_version = excluded.recogniser_version,
  run_id = excluded.run_id
WHERE (t.text_sha256, t.n_mentions, t.recogniser_version)
  IS DISTINCT FROM (excluded.text_sha256, excluded.n_mentions, excluded.recogniser_version)
