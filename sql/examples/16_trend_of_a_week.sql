-- Who and what was named this week more than usual, and is that more than chance?
SELECT entity, entity_type, n, round(expected::numeric, 2) AS expected, round(lift::numeric, 2) AS lift,
  round(score::numeric, 2) AS score, round(q_value::numeric, 3) AS q_value
FROM report.trend_week
WHERE n > 0
ORDER BY score DESC NULLS LAST, n DESC, entity
LIMIT 10;
