-- What the checks of the data found last: what is not well first.
SELECT check_name, question, severity, value, at_most, is_passed, example, checked_at
FROM (SELECT * FROM report.quality ORDER BY checked_at DESC LIMIT 500) AS recent
WHERE is_latest
ORDER BY is_passed, severity, check_name COLLATE "C"
LIMIT 60
