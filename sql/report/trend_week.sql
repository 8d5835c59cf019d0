-- Who and what is named in the newest seven days more, or less, than usual.
CREATE VIEW report.trend_week AS
SELECT t.* FROM (SELECT max(published_on) AS newest FROM core.press_day) AS d
CROSS JOIN LATERAL report.entity_trend(d.newest - 6, d.newest) AS t;
COMMENT ON VIEW report.trend_week IS
  'report.entity_trend of the newest seven days: n, expected, lift, score, p_value, q_value per entity. Order by score DESC.';
COMMENT ON COLUMN report.trend_week.entity_id IS 'The entity.';
COMMENT ON COLUMN report.trend_week.entity_key IS 'Readable stable name: type, then a reference id or the folded full name.';
COMMENT ON COLUMN report.trend_week.entity_type IS 'PER, LOC, ORG or MISC.';
COMMENT ON COLUMN report.trend_week.entity IS 'Name to show.';
COMMENT ON COLUMN report.trend_week.since_on IS 'First day looked at.';
COMMENT ON COLUMN report.trend_week.until_on IS 'Last day looked at.';
COMMENT ON COLUMN report.trend_week.n IS 'Texts that name it in that time.';
COMMENT ON COLUMN report.trend_week.expected IS 'Its usual share of all that was published, times what was published now.';
COMMENT ON COLUMN report.trend_week.lift IS '(n + 1) / (expected + 1): small numbers promise little.';
COMMENT ON COLUMN report.trend_week.score IS 'Signed root of the log-likelihood ratio over the root of its own dispersion; about standard normal where nothing has changed.';
COMMENT ON COLUMN report.trend_week.p_value IS 'Chance of so large a score, either way.';
COMMENT ON COLUMN report.trend_week.q_value IS 'Share of false alarms among all entities as surprising as this one.';
COMMENT ON COLUMN report.trend_week.n_baseline IS 'Texts that named it in the windows before.';
COMMENT ON COLUMN report.trend_week.n_windows IS 'Windows of the same weekdays that the baseline rests on.';
