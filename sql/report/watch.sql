-- Watches and how they fare.
CREATE VIEW report.watch AS
SELECT w.watch_id, w.name, w.kind, w.subject, w.at_least, w.times_usual, w.recipients, w.note, w.is_active, w.origin,
  w.problem, h.n_hits, h.n_untold, h.last_found_at
FROM core.watch AS w
CROSS JOIN LATERAL (
  SELECT count(*) AS n_hits, count(*) FILTER (WHERE told_on IS NULL) AS n_untold, max(found_at) AS last_found_at
  FROM ops.watch_hit AS h
  WHERE h.watch_id = w.watch_id
) AS h;
COMMENT ON VIEW report.watch IS 'What the desk wants to hear about, what is wrong with it, and how often it was heard.';
COMMENT ON COLUMN report.watch.n_hits IS 'Texts found since it was written down.';
COMMENT ON COLUMN report.watch.n_untold IS 'Of these, texts that no digest has told yet; a watch with a threshold tells days instead.';
COMMENT ON COLUMN report.watch.last_found_at IS 'When it last found one.';
COMMENT ON COLUMN report.watch.watch_id IS 'Short stable name.';
