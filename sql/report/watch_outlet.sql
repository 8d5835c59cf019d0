-- The outlet that a watch names.
CREATE FUNCTION report.watch_outlet(subject text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT coalesce((SELECT o.outlet_id FROM core.outlet AS o WHERE subject IN (o.outlet_id, o.name) ORDER BY 1 LIMIT 1), subject)
$$;
COMMENT ON FUNCTION report.watch_outlet IS
  'An outlet as core.publication and core.outlet_day name it: by its id where the reference table knows the id or the name.';
