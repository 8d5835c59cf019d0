-- Who and what is surely named more than usual.
CREATE FUNCTION report.entity_rising(
  since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 20, false_alarms double precision DEFAULT 0.05
)
RETURNS SETOF report.trend_today LANGUAGE sql STABLE AS $$
-- One text is no trend, whatever stood before it: of so few the score promises more than it keeps.
SELECT * FROM report.entity_trend(since, until) AS t
WHERE t.n > 1 AND t.score > 0 AND t.q_value < false_alarms
ORDER BY t.score DESC, t.entity_key COLLATE "C"
LIMIT most
$$;
COMMENT ON FUNCTION report.entity_rising IS
  'Rows of report.entity_trend that are no chance: named more than usual, in two texts at least, with at most so large a share of false alarms among them; the most
surprising first. None where there are not two weeks to compare with.';
