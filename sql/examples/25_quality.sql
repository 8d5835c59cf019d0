-- Is the data as it should be? What the checks found last.
SELECT check_name, severity, value, at_most, is_passed
FROM report.quality
WHERE is_latest
ORDER BY is_passed, severity, check_name;
