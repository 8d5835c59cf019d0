-- Pages held in quarantine, latest first, from a place on.
SELECT quarantine_id, page_id, uri, member, stage, reason, detail, advice, quarantined_at, reader_version
FROM report.quarantine
WHERE (CAST(:reason AS text) IS NULL OR reason = :reason)
  AND (CAST(:before AS timestamptz) IS NULL
    OR (quarantined_at, quarantine_id) < (CAST(:before AS timestamptz), CAST(:before_id AS uuid)))
ORDER BY quarantined_at DESC, quarantine_id DESC
LIMIT :n
