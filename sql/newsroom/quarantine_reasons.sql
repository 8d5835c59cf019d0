-- Why pages are held, and how many. More than ten thousand are told as that.
SELECT reason, count(*) AS n
FROM (SELECT reason FROM report.quarantine LIMIT 10000) AS held
GROUP BY reason
ORDER BY n DESC, reason
LIMIT 30
