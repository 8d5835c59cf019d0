-- And counted by outlet, each appearance once, for a day of one's own?
SELECT entity, n, round(expected::numeric, 2) AS expected, n_baseline, n_windows
FROM report.entity_trend('2024-05-14', '2024-05-14', counting => 'appearances')
ORDER BY score DESC NULLS LAST, n DESC, entity
LIMIT 5;
