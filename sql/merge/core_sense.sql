-- Senses that articles name: what they are by themselves. What they are joined to is settled afterwards. Most are there
-- already: those are not even locked, for a lock is written down as well.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (sense_id) sense_id, sense_key, entity_type, name, country, field, is_curated, is_short, is_common,
    block, family, joining_version, run_id
  FROM stage_sense
  ORDER BY sense_id, run_id
)
INSERT INTO core.sense (sense_id, sense_key, entity_type, name, country, field, is_curated, is_short, is_common,
  block, family, countries, fields, companions, group_id, attached_id, rule, score, is_open, entity_id,
  joining_version, run_id)
SELECT sense_id, sense_key, entity_type, name, country, field, is_curated, is_short, is_common,
  block, family, '{}', '{}', '{}', sense_id, NULL, 'own name', 1, false, NULL, joining_version, run_id
FROM staged AS s
WHERE NOT EXISTS (
  SELECT FROM core.sense AS t
  WHERE t.sense_id = s.sense_id
    AND (t.name, t.is_curated, t.is_short, t.is_common, t.block, t.family, t.joining_version)
      IS NOT DISTINCT FROM (s.name, s.is_curated, s.is_short, s.is_common, s.block, s.family, s.joining_version)
)
ORDER BY sense_id
ON CONFLICT (sense_id) DO UPDATE SET
  name = excluded.name,
  is_curated = excluded.is_curated,
  is_short = excluded.is_short,
  is_common = excluded.is_common,
  block = excluded.block,
  family = excluded.family,
  joining_version = excluded.joining_version,
  run_id = excluded.run_id
