-- Who and what is named more than usual on a day.
SELECT entity_id, entity, entity_type, n, expected, score, q_value
FROM report.entity_trend(CAST(:day AS date), CAST(:day AS date))
WHERE n > 0
ORDER BY score DESC NULLS LAST, n DESC, entity_key COLLATE "C"
LIMIT 10
