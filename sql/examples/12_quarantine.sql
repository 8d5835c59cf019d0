-- What could not be processed, and what is to be done about it?
SELECT reason, detail, advice, uri, member
FROM report.quarantine
ORDER BY quarantined_at DESC
LIMIT 10;
