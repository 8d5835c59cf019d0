-- What counts by day leave out.
CREATE VIEW report.undated AS
SELECT t.outlet AS outlet_id, coalesce(o.name, t.outlet) AS outlet, t.n_undated AS n_articles,
  t.n_undated_appearances AS n_appearances, round(t.n_undated_appearances::numeric / t.n_appearances, 3) AS share
FROM core.outlet_total AS t
LEFT JOIN core.outlet AS o ON o.outlet_id = t.outlet
WHERE t.n_undated_appearances > 0;
COMMENT ON VIEW report.undated IS
  'What no report by day can count: texts on whose page no day of publication is printed, by outlet (NULL: outlet unknown).';
COMMENT ON COLUMN report.undated.n_articles IS 'Texts without a day at this outlet.';
COMMENT ON COLUMN report.undated.n_appearances IS 'Appearances without a day.';
COMMENT ON COLUMN report.undated.share IS 'Of all appearances at this outlet, 0 to 1.';
