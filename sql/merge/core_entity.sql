-- Entities. The name of one that a person renamed stays; which of several spellings of the others is shown is settled
-- afterwards, when all are there: a curated row is that of the reference data. Most are there already, and not even locked.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (entity_id) entity_id, entity_key, entity_type, name, is_curated, is_renamed, kind, country,
    wikidata_id, geonames_id, latitude, longitude, run_id
  FROM stage_entity
  ORDER BY entity_id
)
INSERT INTO core.entity AS t (entity_id, entity_key, entity_type, name, is_curated, is_renamed, kind, country,
  wikidata_id, geonames_id, latitude, longitude, run_id)
SELECT entity_id, entity_key, entity_type, name, is_curated, is_renamed, kind, country, wikidata_id, geonames_id,
  latitude, longitude, run_id
FROM staged AS s
WHERE NOT EXISTS (
  SELECT FROM core.entity AS t
  WHERE t.entity_id = s.entity_id
    AND (t.entity_type, t.is_curated, t.is_renamed, t.kind, t.country, t.wikidata_id, t.geonames_id, t.latitude,
      t.longitude)
      IS NOT DISTINCT FROM (s.entity_type, s.is_curated, s.is_renamed, s.kind, s.country, s.wikidata_id, s.geonames_id,
        s.latitude, s.longitude)
    AND (t.name = s.name OR NOT (s.is_curated OR s.is_renamed))
)
ORDER BY entity_id
ON CONFLICT (entity_id) DO UPDATE SET
  entity_type = excluded.entity_type,
  name = CASE WHEN excluded.is_curated OR excluded.is_renamed THEN excluded.name ELSE t.name END,
  is_curated = excluded.is_curated,
  is_renamed = excluded.is_renamed,
  kind = excluded.kind,
  country = excluded.country,
  wikidata_id = excluded.wikidata_id,
  geonames_id = excluded.geonames_id,
  latitude = excluded.latitude,
  longitude = excluded.longitude,
  run_id = excluded.run_id
