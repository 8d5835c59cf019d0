-- Known publishers, from the reference data.
INSERT INTO core.outlet AS t (outlet_id, name, kind, country)
SELECT DISTINCT ON (outlet_id) outlet_id, name, kind, country
FROM stage_outlet
ORDER BY outlet_id
ON CONFLICT (outlet_id) DO UPDATE SET
  name = excluded.name,
  kind = excluded.kind,
  country = excluded.country
WHERE (t.name, t.kind, t.country)
  IS DISTINCT FROM (excluded.name, excluded.kind, excluded.country)
