-- Entities. The merge locks them in order of their ids. A curated name is that of the reference data; which of the
-- others is shown is settled afterwards, when all spellings are there.
INSERT INTO core.entity AS t (entity_id, entity_key, entity_type, name, is_curated, run_id)
SELECT DISTINCT ON (entity_id) entity_id, entity_key, entity_type, name, is_curated, run_id
FROM stage_entity
ORDER BY entity_id, is_curated DESC, name COLLATE "C"
ON CONFLICT (entity_id) DO UPDATE SET
  entity_key = excluded.entity_key,
  entity_type = excluded.entity_type,
  name = excluded.name,
  is_curated = excluded.is_curated,
  run_id = excluded.run_id
WHERE (t.entity_key, t.entity_type, t.name, t.is_curated)
  IS DISTINCT FROM (excluded.entity_key, excluded.entity_type, excluded.name, excluded.is_curated)
  AND excluded.is_curated
