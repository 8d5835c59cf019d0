-- Who and what is named on the newest day more, or less, than usual.
CREATE VIEW report.trend_today AS SELECT * FROM report.entity_trend();
COMMENT ON VIEW report.trend_today IS
  'report.entity_trend of the newest day: n, expected, lift, score, p_value, q_value per entity. Order by score DESC.';
COMMENT ON COLUMN report.trend_today.entity_id IS 'The entity.';
COMMENT ON COLUMN report.trend_today.entity_key IS 'Readable stable name: type, then a reference id or the folded full name.';
COMMENT ON COLUMN report.trend_today.entity_type IS 'PER, LOC, ORG or MISC.';
COMMENT ON COLUMN report.trend_today.entity IS 'Name to show.';
COMMENT ON COLUMN report.trend_today.since_on IS 'First day looked at.';
COMMENT ON COLUMN report.trend_today.until_on IS 'Last day looked at.';
COMMENT ON COLUMN report.trend_today.n IS 'Texts that name it in that time.';
COMMENT ON COLUMN report.trend_today.expected IS 'Its usual share of all that was published, times what was published now.';
COMMENT ON COLUMN report.trend_today.lift IS '(n + 1) / (expected + 1): small numbers promise little.';
COMMENT ON COLUMN report.trend_today.score IS 'Signed root of the log-likelihood ratio over the root of its own dispersion; about standard normal where nothing has changed.';
COMMENT ON COLUMN report.trend_today.p_value IS 'Chance of so large a score, either way.';
COMMENT ON COLUMN report.trend_today.q_value IS 'Share of false alarms among all entities as surprising as this one.';
COMMENT ON COLUMN report.trend_today.n_baseline IS 'Texts that named it in the windows before.';
COMMENT ON COLUMN report.trend_today.n_windows IS 'Windows of the same weekdays that the baseline rests on.';
