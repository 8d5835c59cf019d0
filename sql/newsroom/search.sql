-- A page of what a search found, best first, each story once where asked for.
WITH found AS MATERIALIZED (
  SELECT f.article_id, f.rank, d.published_on, d.story_id, d.n_appearances
  FROM unnest(CAST(:ids AS uuid[]), CAST(:ranks AS real[])) AS f (article_id, rank)
  LEFT JOIN core.article_day AS d ON d.article_id = f.article_id
), once AS (
  SELECT f.*, row_number() OVER (PARTITION BY f.story_id ORDER BY f.published_on NULLS LAST, f.article_id) AS place,
    count(*) OVER (PARTITION BY f.story_id) AS n_in_story
  FROM found AS f
), page AS (
  SELECT o.* FROM once AS o
  WHERE (NOT CAST(:is_once AS boolean) OR o.place = 1)
    AND (CAST(:before AS real) IS NULL OR (o.rank, o.article_id) < (CAST(:before AS real), CAST(:before_id AS uuid)))
  ORDER BY o.rank DESC, o.article_id DESC
  LIMIT :n
)
SELECT p.article_id, p.published_on, p.rank, p.n_in_story, p.n_appearances, t.headline, o.outlet, o.outlets,
  f.fragment, f.fragment_start, f.match_starts, f.match_ends
FROM page AS p
CROSS JOIN report.search_parse(:q) AS q
JOIN core.article AS t ON t.article_id = p.article_id
JOIN core.article_search AS s ON s.article_id = p.article_id
CROSS JOIN LATERAL report.article_publisher(p.article_id) AS o
CROSS JOIN LATERAL report.search_fragment(t.body, s.tokens, q.exact, q.prefixes) AS f
ORDER BY p.rank DESC, p.article_id DESC
