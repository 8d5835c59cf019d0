-- Were all pages of the last runs accounted for?
SELECT started_at, n_seen, n_loaded, n_updated, n_duplicate, n_quarantined, is_closed
FROM report.run_books
ORDER BY started_at DESC
LIMIT 10;
