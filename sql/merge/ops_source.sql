-- Files that a run listed: written once, when the run is planned.
INSERT INTO ops.source AS t (run_id, source_no, uri, n_bytes, modified_at, land_batch_no, landed_at)
SELECT DISTINCT ON (run_id, source_no) run_id, source_no, uri, n_bytes, modified_at, land_batch_no, landed_at
FROM stage_source
ORDER BY run_id, source_no
ON CONFLICT (run_id, source_no) DO NOTHING
