-- The newest texts that a watch would find.
CREATE FUNCTION report.watch_article(watch text, since date, until date, most integer DEFAULT 500)
RETURNS TABLE (article_id uuid) LANGUAGE plpgsql STABLE AS $$
DECLARE
  w core.watch;
BEGIN
  SELECT * INTO w FROM core.watch AS x WHERE x.watch_id = watch;
  IF w.kind = 'entity' THEN
    RETURN QUERY
    SELECT x.article_id FROM core.entity_article AS x
    WHERE x.entity_id = (SELECT report.entity_find(w.subject)) AND x.published_on BETWEEN since AND until
    ORDER BY x.published_on DESC, x.article_id LIMIT most;
  ELSIF w.kind = 'outlet' THEN
    RETURN QUERY
    SELECT p.article_id FROM core.publication AS p
    WHERE p.published_on BETWEEN since AND until AND p.outlet = coalesce(
      (SELECT n.outlet_id FROM core.outlet AS n WHERE w.subject IN (n.outlet_id, n.name) ORDER BY 1 LIMIT 1), w.subject)
    ORDER BY p.published_on DESC, p.article_id LIMIT most;
  ELSIF w.kind IN ('phrase', 'query') THEN
    RETURN QUERY
    SELECT s.article_id
    FROM report.search_found(report.search_query(report.watch_query(w.kind, w.subject)), since, until, NULL, most) AS s;
  END IF;
END $$;
COMMENT ON FUNCTION report.watch_article IS
  'The newest texts between two days, at most so many, that a watch (its id) would find.';
