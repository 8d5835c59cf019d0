-- Articles that a search finds, the newest ones first.
CREATE FUNCTION report.search_found(
  tokens tsquery, since date DEFAULT NULL, until date DEFAULT NULL, outlet text DEFAULT NULL, most integer DEFAULT 500
)
RETURNS SETOF core.article_search LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  newest date := least(until, (SELECT max(published_on) FROM core.press_day));
  oldest date := greatest(since, (SELECT min(published_on) FROM core.press_day));
  first date;
  days integer;
  found uuid[] := '{}';
  wanted tsquery := tokens;
BEGIN
  IF numnode(tokens) = 0 THEN
    RETURN;
  END IF;
  IF outlet IS NOT NULL THEN
    wanted := wanted && quote_literal('@o:' || left(coalesce(
      (SELECT o.outlet_id FROM core.outlet AS o WHERE outlet IN (o.outlet_id, o.name) ORDER BY o.outlet_id LIMIT 1),
      outlet
    ), {{longest_key}}))::tsquery;
  END IF;
  -- Ever longer stretches of time until one holds enough, so that what stands in every second text costs no more than a
  -- rare word: the index knows days by labels among the tokens, and touches no row outside of them.
  IF newest IS NOT NULL AND oldest <= newest THEN
    FOREACH days IN ARRAY ARRAY[7, 31, 92, 366, newest - oldest + 1] LOOP
      first := greatest(oldest, newest - days + 1);
      EXECUTE 'SELECT coalesce(array_agg(article_id), ''{}'') FROM (SELECT article_id FROM core.article_search'
        ' WHERE tokens @@ $1 AND published_on BETWEEN $2 AND $3 ORDER BY published_on DESC, article_id LIMIT $4) AS newest'
        INTO found USING wanted && report.search_period(first, newest), first, newest, most;
      EXIT WHEN cardinality(found) >= most OR first = oldest;
    END LOOP;
  END IF;
  IF since IS NULL AND until IS NULL THEN
    EXECUTE 'SELECT $3 || coalesce(array_agg(article_id), ''{}'') FROM (SELECT article_id FROM core.article_search'
      ' WHERE tokens @@ $1 LIMIT $2) AS undated'
      INTO found USING wanted && '''@undated'''::tsquery, most, found;
  END IF;
  RETURN QUERY SELECT * FROM core.article_search AS s WHERE s.article_id = ANY (found);
END $$;
COMMENT ON FUNCTION report.search_found IS
  'Rows of core.article_search that a tsquery finds: the newest, at most so many, and as many undated ones unless days are asked for.';
