SELECT watch_id, name, kind, subject, at_least, times_usual, note, is_active, origin, problem, n_hits, n_untold, last_found_at
FROM report.watch
WHERE watch_id = :watch_id
