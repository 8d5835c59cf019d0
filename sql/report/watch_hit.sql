-- What watches found.
CREATE VIEW report.watch_hit AS
SELECT h.watch_id, w.name AS watch, h.article_id, h.published_on, h.headline, h.sentence, h.surface, h.n_matches,
  h.part, h.sentence_no, h.start_offset, h.end_offset, h.found_at, h.told_on
FROM ops.watch_hit AS h
LEFT JOIN core.watch AS w USING (watch_id);
COMMENT ON VIEW report.watch_hit IS
  'One row per watch and text that it found: the sentence, and the spelling that fired. told_on: the digest that told it.';
COMMENT ON COLUMN report.watch_hit.watch_id IS 'The watch.';
COMMENT ON COLUMN report.watch_hit.watch IS 'Its name to show.';
