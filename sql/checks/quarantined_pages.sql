-- Share of pages that could not be processed.
-- severity: warning, at most: 0.2
SELECT coalesce(sum(r.n_quarantined)::double precision / nullif(sum(r.n_seen), 0), 0) AS value,
  max(r.run_id::text) FILTER (WHERE r.n_quarantined > 0) AS example
FROM checked_run
JOIN ops.run AS r USING (run_id)
