-- The watches of seeds/watches.csv. Those that somebody wrote in SQL are theirs; one that the file no longer has is asked
-- no more.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (watch_id) watch_id, name, kind, subject, at_least, times_usual, recipients, note
  FROM stage_watch
  ORDER BY watch_id
), gone AS (
  UPDATE core.watch AS t SET is_active = false
  WHERE t.origin = 'seeds' AND t.is_active AND NOT EXISTS (SELECT FROM staged AS s WHERE s.watch_id = t.watch_id)
)
INSERT INTO core.watch AS t (watch_id, name, kind, subject, at_least, times_usual, recipients, note, is_active, origin,
  problem)
SELECT watch_id, name, kind, subject, at_least, times_usual, recipients, note, true, 'seeds', NULL
FROM staged
ORDER BY watch_id
ON CONFLICT (watch_id) DO UPDATE SET
  name = excluded.name,
  kind = excluded.kind,
  subject = excluded.subject,
  at_least = excluded.at_least,
  times_usual = excluded.times_usual,
  recipients = excluded.recipients,
  note = excluded.note,
  is_active = true
WHERE t.origin = 'seeds'
  AND (t.name, t.kind, t.subject, t.at_least, t.times_usual, t.recipients, t.note, t.is_active)
    IS DISTINCT FROM (excluded.name, excluded.kind, excluded.subject, excluded.at_least, excluded.times_usual,
      excluded.recipients, excluded.note, true)
