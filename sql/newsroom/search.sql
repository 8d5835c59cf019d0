-- What a search finds: ranked among the 500 newest finds, narrowed to an entity, each story once where asked for.
WITH asked AS (
  SELECT * FROM report.search_parse(:q)
), found AS MATERIALIZED (
  SELECT s.article_id, s.published_on, s.tokens, ts_rank_cd(s.tokens, q.tokens, 1) AS rank, d.story_id, d.n_appearances
  FROM asked AS q
  CROSS JOIN LATERAL report.search_found(q.tokens, CAST(:since AS date), CAST(:until AS date), CAST(:outlet AS text)) AS s
  LEFT JOIN core.article_day AS d ON d.article_id = s.article_id
  WHERE CAST(:entity_id AS uuid) IS NULL OR EXISTS (
    SELECT FROM core.entity_article AS x WHERE x.article_id = s.article_id AND x.entity_id = CAST(:entity_id AS uuid)
  )
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
CROSS JOIN asked AS q
JOIN core.article AS t ON t.article_id = p.article_id
CROSS JOIN LATERAL (
  SELECT min(coalesce(n.name, b.outlet)) AS outlet, array_agg(DISTINCT coalesce(n.name, b.outlet)) AS outlets
  FROM core.publication AS b LEFT JOIN core.outlet AS n ON n.outlet_id = b.outlet
  WHERE b.article_id = p.article_id
) AS o
CROSS JOIN LATERAL report.search_fragment(t.body, p.tokens, q.exact, q.prefixes) AS f
ORDER BY p.rank DESC, p.article_id DESC
