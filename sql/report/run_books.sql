-- The books of every run.
CREATE VIEW report.run_books AS
SELECT
  run_id, pipeline, state, started_at, closed_at,
  extract(epoch FROM closed_at - started_at)::numeric(12, 1) AS duration_seconds,
  n_seen, n_loaded, n_updated, n_duplicate, n_quarantined, n_waiting,
  n_seen = n_loaded + n_updated + n_duplicate + n_quarantined AND state = 'closed' AS is_closed,
  reader_version, recogniser_version
FROM ops.run;
COMMENT ON VIEW report.run_books IS
  'One row per run: what became of the pages it saw. is_closed is false for a run that did not finish.';
COMMENT ON COLUMN report.run_books.is_closed IS 'Whether seen = loaded + updated + duplicate + quarantined.';
COMMENT ON COLUMN report.run_books.duration_seconds IS 'Seconds from start to closing.';
