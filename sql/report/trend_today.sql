-- Who and what is named on the newest day more, or less, than usual.
CREATE VIEW report.trend_today AS SELECT * FROM report.entity_trend();
COMMENT ON VIEW report.trend_today IS
  'report.entity_trend of the newest day: n, expected, lift, score, p_value, q_value per entity. Order by score DESC.';
