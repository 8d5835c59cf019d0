-- What articles are found by.
INSERT INTO core.article_search AS t (article_id, text_sha256, published_on, outlets, tokens, search_version)
SELECT DISTINCT ON (article_id) article_id, text_sha256, published_on, outlets, tokens, search_version
FROM stage_article_search
ORDER BY article_id
ON CONFLICT (article_id) DO UPDATE SET
  text_sha256 = excluded.text_sha256,
  published_on = excluded.published_on,
  outlets = excluded.outlets,
  tokens = excluded.tokens,
  search_version = excluded.search_version
WHERE (t.text_sha256, t.published_on, t.outlets, t.tokens, t.search_version)
  IS DISTINCT FROM (excluded.text_sha256, excluded.published_on, excluded.outlets, excluded.tokens,
    excluded.search_version)
