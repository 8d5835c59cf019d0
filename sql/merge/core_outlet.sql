-- Known publishers, from the reference data. What is there already is not even locked.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (outlet_id) outlet_id, name, kind, country
  FROM stage_outlet
  ORDER BY outlet_id
)
INSERT INTO core.outlet (outlet_id, name, kind, country)
SELECT outlet_id, name, kind, country
FROM staged AS s
WHERE NOT EXISTS (
  SELECT FROM core.outlet AS t
  WHERE t.outlet_id = s.outlet_id AND (t.name, t.kind, t.country) IS NOT DISTINCT FROM (s.name, s.kind, s.country)
)
ORDER BY outlet_id
ON CONFLICT (outlet_id) DO UPDATE SET
  name = excluded.name,
  kind = excluded.kind,
  country = excluded.country
