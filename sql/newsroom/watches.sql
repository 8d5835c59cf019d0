-- The watches that are asked.
SELECT watch_id, name, kind, subject, at_least, times_usual, note, origin, problem, n_hits, n_untold, last_found_at
FROM report.watch
WHERE is_active
ORDER BY last_found_at DESC NULLS LAST, watch_id
LIMIT 200
