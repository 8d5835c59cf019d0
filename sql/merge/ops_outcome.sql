-- Pages that a run has seen. A retried step sees the same ones again: what was noted the first time stands.
INSERT INTO ops.outcome (run_id, source_no, page_no, page_id, uri, member, is_known, batch_no, outcome, reason)
SELECT DISTINCT ON (run_id, source_no, page_no) run_id, source_no, page_no, page_id, uri, member,
  EXISTS (SELECT FROM core.page AS p WHERE p.page_id = s.page_id) AS is_known, batch_no, outcome, reason
FROM stage_outcome AS s
WHERE NOT EXISTS (
  SELECT FROM ops.outcome AS t WHERE (t.run_id, t.source_no, t.page_no) = (s.run_id, s.source_no, s.page_no)
)
ORDER BY run_id, source_no, page_no
