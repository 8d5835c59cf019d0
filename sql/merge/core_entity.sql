-- Entities. The merge locks them in order of their ids. A curated row is that of the reference data; which name of the
-- others is shown is settled afterwards, when all spellings are there.
INSERT INTO core.entity AS t (entity_id, entity_key, entity_type, name, is_curated, kind, country, wikidata_id,
  geonames_id, latitude, longitude, run_id)
SELECT DISTINCT ON (entity_id) entity_id, entity_key, entity_type, name, is_curated, kind, country, wikidata_id,
  geonames_id, latitude, longitude, run_id
FROM stage_entity
ORDER BY entity_id, is_curated DESC, name COLLATE "C"
ON CONFLICT (entity_id) DO UPDATE SET
  entity_key = excluded.entity_key,
  entity_type = excluded.entity_type,
  name = excluded.name,
  is_curated = excluded.is_curated,
  kind = excluded.kind,
  country = excluded.country,
  wikidata_id = excluded.wikidata_id,
  geonames_id = excluded.geonames_id,
  latitude = excluded.latitude,
  longitude = excluded.longitude,
  run_id = excluded.run_id
WHERE (t.entity_key, t.entity_type, t.name, t.is_curated, t.kind, t.country, t.wikidata_id, t.geonames_id, t.latitude,
  t.longitude)
  IS DISTINCT FROM (excluded.entity_key, excluded.entity_type, excluded.name, excluded.is_curated, excluded.kind,
    excluded.country, excluded.wikidata_id, excluded.geonames_id, excluded.latitude, excluded.longitude)
  AND excluded.is_curated
