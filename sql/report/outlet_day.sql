-- Articles per outlet and day.
CREATE VIEW report.outlet_day AS
SELECT
  coalesce(o.name, a.outlet_name) AS outlet, a.published_on,
  count(DISTINCT a.article_id) AS n_articles,
  count(*) AS n_appearances,
  count(*) FILTER (WHERE a.role = 'main') AS n_main
FROM core.appearance AS a
LEFT JOIN core.outlet AS o USING (outlet_id)
WHERE a.published_precision = 'day' OR a.published_on IS NULL
GROUP BY 1, 2;
COMMENT ON VIEW report.outlet_day IS
  'Articles by outlet and day published. published_on is NULL for undated ones: they are counted, never dated in silence.';
