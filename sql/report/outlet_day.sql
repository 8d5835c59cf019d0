-- Articles per outlet and day.
CREATE VIEW report.outlet_day AS
SELECT d.outlet AS outlet_id, coalesce(o.name, d.outlet) AS outlet, d.published_on, d.n_articles, d.n_appearances, d.n_main
FROM core.outlet_day AS d
LEFT JOIN core.outlet AS o ON o.outlet_id = d.outlet;
COMMENT ON VIEW report.outlet_day IS
  'Articles by outlet and day published. published_on is NULL for those without a day: they are counted, never dated in silence.';
COMMENT ON COLUMN report.outlet_day.outlet_id IS 'Id in the reference table, or the name as printed where that knows none.';
COMMENT ON COLUMN report.outlet_day.outlet IS 'Name to show.';
COMMENT ON COLUMN report.outlet_day.published_on IS 'Day published there; NULL where no day is printed.';
COMMENT ON COLUMN report.outlet_day.n_articles IS 'Texts.';
COMMENT ON COLUMN report.outlet_day.n_appearances IS 'Appearances of texts on pages.';
COMMENT ON COLUMN report.outlet_day.n_main IS 'Appearances as the main article of a page.';
