-- What a person searches for, best first.
CREATE FUNCTION report.search(
  query text, since date DEFAULT NULL, until date DEFAULT NULL, outlet text DEFAULT NULL, most integer DEFAULT 20
)
RETURNS TABLE (
  article_id uuid, published_on date, headline text, outlets text[], n_appearances integer, rank real,
  fragment text, fragment_start integer, match_starts integer[], match_ends integer[]
)
LANGUAGE sql STABLE AS $$
SELECT b.article_id, b.published_on, t.headline, o.outlets, d.n_appearances, b.rank,
  f.fragment, f.fragment_start, f.match_starts, f.match_ends
FROM report.search_parse(query) AS q
CROSS JOIN LATERAL (
  SELECT s.article_id, s.published_on, s.tokens, ts_rank_cd(s.tokens, q.tokens, 1) AS rank
  FROM report.search_found(q.tokens, since, until, outlet) AS s
  ORDER BY rank DESC, s.published_on DESC NULLS LAST, s.article_id
  LIMIT least(most, 500)
) AS b
JOIN core.article AS t ON t.article_id = b.article_id
LEFT JOIN core.article_day AS d ON d.article_id = b.article_id
CROSS JOIN LATERAL report.article_publisher(b.article_id) AS o
CROSS JOIN LATERAL report.search_fragment(t.body, b.tokens, q.exact, q.prefixes) AS f
ORDER BY b.rank DESC, b.published_on DESC NULLS LAST, b.article_id
$$;
COMMENT ON FUNCTION report.search IS
  'Search: words, "phrases", OR أو |, NOT -, (groups), prefixes*. Every spelling and every proclitic is found: كازاخستان finds
وبکازاخستان, السعودية finds للسعودية. Ranked among the 500 newest finds (and as many undated ones, unless days are asked for), with
a fragment of the body as it is written; fragment_start, match_starts and match_ends count in core.article.body. Never raises.';
