-- What the articles in `touched` add to the counts now. Which text is the first of its story depends on the others: the
-- articles of their stories, as they were when last published and as they are, are looked at as well.
WITH story AS (
  SELECT story_id FROM core.story_article JOIN touched USING (article_id)
  UNION
  SELECT story_id FROM core.article_day JOIN touched USING (article_id)
)
INSERT INTO touched (article_id)
SELECT article_id FROM core.story_article JOIN story USING (story_id)
UNION
SELECT article_id FROM core.article_day JOIN story USING (story_id)
ON CONFLICT DO NOTHING;
ANALYZE touched;

-- Those that add something so far: what the others add is not looked for in one table after the other.
CREATE TEMPORARY TABLE published ON COMMIT DROP AS SELECT article_id FROM touched JOIN core.article_day USING (article_id);
ANALYZE published;

CREATE TEMPORARY TABLE now_publication ON COMMIT DROP AS
SELECT
  a.article_id, coalesce(a.outlet_id, a.outlet_name) AS outlet,
  CASE WHEN a.published_precision = 'day' THEN a.published_on END AS published_on,
  count(*)::integer AS n_appearances,
  (count(*) FILTER (WHERE a.role = 'main'))::integer AS n_main
FROM touched
JOIN core.appearance AS a USING (article_id)
GROUP BY 1, 2, 3;
ANALYZE now_publication;

CREATE TEMPORARY TABLE now_article_day ON COMMIT DROP AS
SELECT
  article_id, published_on, story_id,
  row_number() OVER (PARTITION BY story_id ORDER BY published_on, article_id) = 1 AS is_story_first, n_appearances
FROM (
  SELECT p.article_id, min(p.published_on) AS published_on, sum(p.n_appearances)::integer AS n_appearances,
    -- Until it has been compared with others, an article is a story by itself.
    coalesce((SELECT s.story_id FROM core.story_article AS s WHERE s.article_id = p.article_id), p.article_id) AS story_id
  FROM now_publication AS p
  GROUP BY p.article_id
) AS dated;
ANALYZE now_article_day;

CREATE TEMPORARY TABLE now_entity_article ON COMMIT DROP AS
SELECT
  m.article_id, m.entity_id, d.published_on,
  row_number() OVER (PARTITION BY d.story_id, m.entity_id ORDER BY d.published_on, m.article_id) = 1 AS is_story_first,
  m.n_mentions, m.sentence_nos
FROM (
  SELECT article_id, entity_id, count(*)::integer AS n_mentions,
    array_agg(DISTINCT sentence_no ORDER BY sentence_no) AS sentence_nos
  FROM touched
  JOIN core.mention USING (article_id)
  WHERE entity_id IS NOT NULL
  GROUP BY article_id, entity_id
) AS m
JOIN now_article_day AS d USING (article_id);
ANALYZE now_entity_article
