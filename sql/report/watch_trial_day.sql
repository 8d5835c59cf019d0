-- How many texts a watch would find by day, before it is written down.
CREATE FUNCTION report.watch_trial_day(kind text, subject text, since date DEFAULT NULL, until date DEFAULT NULL)
RETURNS TABLE (published_on date, n_articles integer) LANGUAGE plpgsql STABLE AS $$
BEGIN
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := coalesce(since, until - 29);
  IF kind = 'entity' THEN
    RETURN QUERY
    SELECT d.published_on, coalesce(e.n_articles, 0)
    FROM core.press_day AS d
    LEFT JOIN core.entity_day AS e ON e.published_on = d.published_on AND e.entity_id = (SELECT report.entity_find(subject))
    WHERE d.published_on BETWEEN since AND until ORDER BY 1;
  ELSIF kind = 'outlet' THEN
    RETURN QUERY
    SELECT d.published_on, coalesce(o.n_articles, 0)
    FROM core.press_day AS d
    LEFT JOIN core.outlet_day AS o ON o.published_on = d.published_on AND o.outlet = (SELECT report.watch_outlet(subject))
    WHERE d.published_on BETWEEN since AND until ORDER BY 1;
  ELSIF kind IN ('phrase', 'query') THEN
    RETURN QUERY
    SELECT d.published_on, d.n_articles FROM report.search_day(report.watch_query(kind, subject), since, until) AS d;
  END IF;
END $$;
COMMENT ON FUNCTION report.watch_trial_day IS
  'Texts that a watch of this kind and subject would find by day, each on its first day. The last 30 days unless told.';
