-- What is wrong with a watch, in words for whoever writes it.
CREATE FUNCTION report.watch_problem(
  kind text, subject text, at_least integer DEFAULT NULL, times_usual real DEFAULT NULL
)
RETURNS text LANGUAGE sql STABLE AS $$
SELECT CASE
  WHEN kind IS NULL OR kind NOT IN ('entity', 'phrase', 'query', 'outlet') THEN
    format('the kind %s is none of entity, phrase, query, outlet', kind)
  WHEN btrim(coalesce(subject, '')) = '' THEN 'it has no subject'
  WHEN at_least < 1 THEN 'at_least is less than 1'
  WHEN times_usual <= 1 THEN 'times_usual is not more than 1'
  WHEN kind = 'entity' AND report.entity_find(subject) IS NULL THEN
    format('no article names an entity with the key or name %s yet; it is found as soon as one does', subject)
  WHEN kind = 'outlet' AND NOT EXISTS (SELECT FROM core.outlet AS o WHERE subject IN (o.outlet_id, o.name))
    AND NOT EXISTS (SELECT FROM core.publication AS x WHERE x.outlet = subject) THEN
    format('no outlet has the id or name %s', subject)
  WHEN kind IN ('phrase', 'query') AND numnode(report.search_query(subject)) = 0 THEN
    format('the search %s looks for no word', subject)
  WHEN kind = 'query' AND (
    SELECT cardinality(q.exact) + cardinality(q.prefixes) = 0 FROM report.search_parse(subject) AS q
  ) THEN format('the search %s only excludes: it would find every other text', subject)
END
$$;
COMMENT ON FUNCTION report.watch_problem IS
  'Why a watch of this kind and subject would find nothing, or cannot be asked; NULL where nothing is wrong with it.';
