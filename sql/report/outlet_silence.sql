-- Outlets of which nothing has come for longer than chance allows.
CREATE VIEW report.outlet_silence AS
WITH last AS MATERIALIZED (
  SELECT t.outlet, d.last_published_on, n.newest - d.last_published_on AS n_silent_days
  FROM (SELECT max(published_on) AS newest FROM core.press_day) AS n
  CROSS JOIN core.outlet_total AS t
  CROSS JOIN LATERAL (
    SELECT max(published_on) AS last_published_on FROM core.outlet_day AS d WHERE d.outlet = t.outlet
  ) AS d
  WHERE d.last_published_on < n.newest
), silence AS MATERIALIZED (
  SELECT l.*, e.expected
  FROM last AS l
  CROSS JOIN LATERAL (
    -- What the same weekdays of the eight weeks before its last day let one expect; four weeks of silence say enough.
    SELECT coalesce(sum(d.n_articles), 0)::double precision / 8 AS expected
    FROM generate_series(1, least(l.n_silent_days, 28)) AS day
    CROSS JOIN generate_series((day + 6) / 7, (day + 6) / 7 + 7) AS week
    JOIN core.outlet_day AS d ON d.outlet = l.outlet AND d.published_on = l.last_published_on + day - 7 * week
  ) AS e
)
SELECT s.outlet AS outlet_id, coalesce(o.name, s.outlet) AS outlet, s.last_published_on, s.n_silent_days, s.expected,
  exp(-least(s.expected, 700)) AS p_value
FROM silence AS s
LEFT JOIN core.outlet AS o ON o.outlet_id = s.outlet
WHERE s.expected > 0;
COMMENT ON VIEW report.outlet_silence IS
  'Outlets that have published nothing since some day before the newest one in the warehouse, and how surprising that is.';
COMMENT ON COLUMN report.outlet_silence.last_published_on IS 'Last day of which there is anything.';
COMMENT ON COLUMN report.outlet_silence.n_silent_days IS 'Days since then, up to the newest day of any outlet.';
COMMENT ON COLUMN report.outlet_silence.expected IS
  'Texts that its own weekdays let one expect in that time (of the first 28 days of it), from the eight weeks before.';
COMMENT ON COLUMN report.outlet_silence.p_value IS 'Chance of none where so many are expected: e to the power of -expected.';
