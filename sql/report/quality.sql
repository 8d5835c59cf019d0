-- What the checks found.
CREATE VIEW report.quality AS
SELECT r.check_name, c.question, r.severity, r.value, r.at_most, r.is_passed, r.example, r.checked_at, r.run_id,
  r.duration_seconds,
  NOT EXISTS (
    SELECT FROM ops.check_result AS o
    WHERE o.check_name = r.check_name AND (o.checked_at, o.check_result_id) > (r.checked_at, r.check_result_id)
  ) AS is_latest
FROM ops.check_result AS r
LEFT JOIN ops.quality_check AS c USING (check_name);
COMMENT ON VIEW report.quality IS 'What every check of the data found, after every run and whenever `rasd check` was asked.';
COMMENT ON COLUMN report.quality.question IS 'What the check counts.';
COMMENT ON COLUMN report.quality.severity IS 'error: the run turned red. warning: it was told.';
COMMENT ON COLUMN report.quality.value IS 'What was counted; NULL if the check could not be made.';
COMMENT ON COLUMN report.quality.at_most IS 'The largest value that is well.';
COMMENT ON COLUMN report.quality.example IS 'One of what was counted, or why the check could not be made.';
COMMENT ON COLUMN report.quality.run_id IS 'Run whose pages were looked at; NULL if all were.';
COMMENT ON COLUMN report.quality.is_latest IS 'Whether nothing newer was found by this check.';
COMMENT ON COLUMN report.quality.check_name IS 'Short stable name of the check.';
