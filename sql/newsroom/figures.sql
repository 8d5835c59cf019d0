-- How the system is doing.
SELECT measure, value, unit, alarm FROM report.health LIMIT 20
