-- Stories: who told them first, and how widely they were told again.
CREATE VIEW report.story AS
WITH told AS (
  SELECT
    s.story_id, t.article_id, t.headline, a.page_id, coalesce(o.name, a.outlet_name) AS outlet,
    a.published_on AS day, min(a.published_on) OVER (PARTITION BY s.story_id) AS first_day
  FROM core.story_article AS s
  JOIN core.article AS t USING (article_id)
  LEFT JOIN LATERAL (
    SELECT page_id, outlet_id, outlet_name, CASE published_precision WHEN 'day' THEN published_on END AS published_on
    FROM core.appearance
    WHERE article_id = t.article_id AND role = 'main'
  ) AS a ON true
  LEFT JOIN core.outlet AS o USING (outlet_id)
)
SELECT
  story_id,
  (array_agg(headline ORDER BY day NULLS LAST, article_id) FILTER (WHERE headline IS NOT NULL))[1] AS headline,
  count(DISTINCT article_id) AS n_articles,
  count(page_id) AS n_appearances,
  count(DISTINCT outlet) AS n_outlets,
  array_agg(DISTINCT outlet) FILTER (WHERE outlet IS NOT NULL) AS outlets,
  first_day AS first_published_on,
  max(day) AS last_published_on,
  array_agg(DISTINCT outlet) FILTER (WHERE day = first_day AND outlet IS NOT NULL) AS first_outlets,
  count(*) FILTER (WHERE day = first_day AND outlet IS NULL) AS n_first_unnamed,
  count(page_id) FILTER (WHERE day IS NULL) AS n_undated
FROM told
GROUP BY story_id, first_day;
COMMENT ON VIEW report.story IS
  'One row per story: the texts that tell it, and who published first, as far as pages say. Undated pages never count as first; n_undated says how many there are.';
COMMENT ON COLUMN report.story.headline IS 'Headline of the earliest dated text.';
COMMENT ON COLUMN report.story.n_appearances IS 'Pages on which one of its texts is the main article.';
COMMENT ON COLUMN report.story.first_published_on IS 'Earliest day printed beside it; none if no page dates it to a day.';
COMMENT ON COLUMN report.story.first_outlets IS 'Who published it on that day: more than one where several did.';
COMMENT ON COLUMN report.story.n_first_unnamed IS 'Pages of that day that do not say who published.';
COMMENT ON COLUMN report.story.n_undated IS 'Pages without a day: any of them may be earlier.';
COMMENT ON COLUMN report.story.n_articles IS 'Different texts that tell it.';
COMMENT ON COLUMN report.story.n_outlets IS 'Different outlets that published one of its texts.';
COMMENT ON COLUMN report.story.outlets IS 'Who published it.';
COMMENT ON COLUMN report.story.last_published_on IS 'Latest day printed beside one of its texts.';
