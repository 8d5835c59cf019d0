-- What people decided about an entity, latest first.
SELECT decision_id, kind, entity_key, other_key, name, reason, decided_by, decided_at, undone_by, undone_at
FROM core.decision
WHERE :entity_key IN (entity_key, other_key)
ORDER BY decision_id DESC
LIMIT 30
