-- How many texts a watch would find, by day.
CREATE FUNCTION report.watch_day(watch text, since date DEFAULT NULL, until date DEFAULT NULL)
RETURNS TABLE (published_on date, n_articles integer) LANGUAGE plpgsql STABLE AS $$
DECLARE
  w core.watch;
BEGIN
  SELECT * INTO w FROM core.watch AS x WHERE x.watch_id = watch;
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := coalesce(since, until - 29);
  IF w.kind = 'entity' THEN
    RETURN QUERY
    SELECT d.published_on, coalesce(e.n_articles, 0)
    FROM core.press_day AS d
    LEFT JOIN core.entity_day AS e
      ON e.published_on = d.published_on AND e.entity_id = (SELECT report.entity_find(w.subject))
    WHERE d.published_on BETWEEN since AND until ORDER BY 1;
  ELSIF w.kind = 'outlet' THEN
    RETURN QUERY
    SELECT d.published_on, coalesce(o.n_articles, 0)
    FROM core.press_day AS d
    LEFT JOIN core.outlet_day AS o ON o.published_on = d.published_on AND o.outlet = coalesce(
      (SELECT n.outlet_id FROM core.outlet AS n WHERE w.subject IN (n.outlet_id, n.name) ORDER BY 1 LIMIT 1), w.subject)
    WHERE d.published_on BETWEEN since AND until ORDER BY 1;
  ELSIF w.kind IN ('phrase', 'query') THEN
    RETURN QUERY
    SELECT d.published_on, d.n_articles FROM report.search_day(report.watch_query(w.kind, w.subject), since, until) AS d;
  END IF;
END $$;
COMMENT ON FUNCTION report.watch_day IS
  'Texts that a watch (its id) would find by day, each on its first day, whether it was there then or not. The last 30 days unless told.';
