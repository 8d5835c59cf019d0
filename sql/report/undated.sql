-- What counts by day leave out.
CREATE VIEW report.undated AS
SELECT d.outlet AS outlet_id, coalesce(o.name, d.outlet) AS outlet,
  sum(d.n_articles) FILTER (WHERE d.published_on IS NULL) AS n_articles,
  sum(d.n_appearances) FILTER (WHERE d.published_on IS NULL) AS n_appearances,
  round((sum(d.n_appearances) FILTER (WHERE d.published_on IS NULL))::numeric / sum(d.n_appearances), 3) AS share
FROM core.outlet_day AS d
LEFT JOIN core.outlet AS o ON o.outlet_id = d.outlet
GROUP BY d.outlet, o.name
HAVING sum(d.n_appearances) FILTER (WHERE d.published_on IS NULL) > 0;
COMMENT ON VIEW report.undated IS
  'What no report by day can count: texts on whose page no day of publication is printed, by outlet (NULL: outlet unknown).';
COMMENT ON COLUMN report.undated.n_articles IS 'Texts without a day at this outlet.';
COMMENT ON COLUMN report.undated.n_appearances IS 'Appearances without a day.';
COMMENT ON COLUMN report.undated.share IS 'Of all appearances at this outlet, 0 to 1.';
