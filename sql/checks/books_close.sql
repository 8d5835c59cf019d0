-- Pages of closed runs whose outcomes do not add up to what the run says it saw.
-- severity: error, at most: 0
SELECT coalesce(sum(abs(r.n_seen - o.n)), 0) AS value, min(r.run_id::text) AS example
FROM checked_run
JOIN ops.run AS r USING (run_id)
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE outcome IS NOT NULL) AS n FROM ops.outcome AS o WHERE o.run_id = r.run_id
) AS o
WHERE r.state = 'closed'
  AND (o.n <> r.n_seen OR r.n_seen <> r.n_loaded + r.n_updated + r.n_duplicate + r.n_quarantined)
