-- What is refused again for the same reason stays as it is; what had been released, or is refused otherwise, is held anew.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (quarantine_id) quarantine_id, page_id, uri, member, stage, reason, detail, advice, reader_version,
    run_id
  FROM stage_quarantine
  ORDER BY quarantine_id, uri COLLATE "C", member COLLATE "C"
)
INSERT INTO ops.quarantine AS t (quarantine_id, page_id, uri, member, stage, reason, detail, advice,
  reader_version, run_id)
SELECT quarantine_id, page_id, uri, member, stage, reason, detail, advice, reader_version, run_id
FROM staged AS s
WHERE NOT EXISTS (
  SELECT FROM ops.quarantine AS t
  WHERE t.quarantine_id = s.quarantine_id AND t.released_at IS NULL
    AND (t.stage, t.reason, t.detail, t.advice, t.reader_version)
      IS NOT DISTINCT FROM (s.stage, s.reason, s.detail, s.advice, s.reader_version)
)
ORDER BY quarantine_id
ON CONFLICT (quarantine_id) DO UPDATE SET
  page_id = excluded.page_id,
  uri = t.uri,
  member = t.member,
  stage = excluded.stage,
  reason = excluded.reason,
  detail = excluded.detail,
  advice = excluded.advice,
  reader_version = excluded.reader_version,
  run_id = excluded.run_id,
  quarantined_at = now(),
  released_at = NULL,
  released_by = NULL,
  resolved_at = NULL
