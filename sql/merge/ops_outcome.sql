-- Pages that a run has seen. A retried step sees the same ones again: what was noted the first time stands.
INSERT INTO ops.outcome AS t (run_id, source_no, page_no, page_id, uri, member, is_known, batch_no, outcome, reason)
SELECT DISTINCT ON (run_id, source_no, page_no) run_id, source_no, page_no, page_id, uri, member,
  EXISTS (SELECT FROM core.page AS p WHERE p.page_id = s.page_id) AS is_known, batch_no, outcome, reason
FROM stage_outcome AS s
ORDER BY run_id, source_no, page_no
ON CONFLICT (run_id, source_no, page_no) DO NOTHING
