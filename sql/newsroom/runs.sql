-- The last runs and their books.
SELECT run_id, pipeline, state, started_at, closed_at, duration_seconds, n_seen, n_loaded, n_updated, n_duplicate,
  n_quarantined, n_waiting, is_closed, reader_version, recogniser_version
FROM report.run_books
ORDER BY started_at DESC
LIMIT 30
