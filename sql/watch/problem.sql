-- What is wrong with a watch, in words for whoever wrote it; nothing stops for it.
UPDATE core.watch AS w
SET problem = p.problem
FROM (
  SELECT watch_id, CASE
    WHEN kind NOT IN ('entity', 'phrase', 'query', 'outlet') THEN
      format('the kind %s is none of entity, phrase, query, outlet', kind)
    WHEN btrim(subject) = '' THEN 'it has no subject'
    WHEN at_least < 1 THEN 'at_least is less than 1'
    WHEN times_usual <= 1 THEN 'times_usual is not more than 1'
    WHEN kind = 'entity' AND report.entity_find(subject) IS NULL THEN
      format('no article names an entity with the key or name %s yet; it is found as soon as one does', subject)
    WHEN kind = 'outlet' AND NOT EXISTS (SELECT FROM core.outlet AS o WHERE subject IN (o.outlet_id, o.name))
      AND NOT EXISTS (SELECT FROM core.publication AS x WHERE x.outlet = subject) THEN
      format('no outlet has the id or name %s', subject)
    WHEN kind IN ('phrase', 'query') AND numnode(report.search_query(subject)) = 0 THEN
      format('the search %s looks for no word', subject)
    WHEN kind = 'query' AND cardinality(q.exact) + cardinality(q.prefixes) = 0 THEN
      format('the search %s only excludes: it would find every other text', subject)
  END AS problem
  FROM core.watch
  CROSS JOIN LATERAL report.search_parse(CASE WHEN kind = 'query' THEN subject ELSE '' END) AS q
) AS p
WHERE w.watch_id = p.watch_id AND w.problem IS DISTINCT FROM p.problem
