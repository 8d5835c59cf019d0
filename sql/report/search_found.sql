-- Articles that a search finds, the newest ones first.
CREATE FUNCTION report.search_found(
  tokens tsquery, since date DEFAULT NULL, until date DEFAULT NULL, outlet text DEFAULT NULL, most integer DEFAULT 500
)
RETURNS SETOF core.article_search LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  newest date := least(until, (SELECT max(published_on) FROM core.press_day));
  oldest date := greatest(since, (SELECT min(published_on) FROM core.press_day));
  first date;
  last date := newest;
  days integer := 7;
  found uuid[] := '{}';
  few uuid[];
  looked_at integer;
  budget integer := {{phrase_budget}};
  wanted tsquery := tokens;
  is_phrase boolean := strpos(tokens::text, ' <') > 0 AND strpos(tokens::text, '!') = 0;
  label tsquery;
  held tsquery := replace(tokens::text, ' <-> ', ' & ')::tsquery;
BEGIN
  IF numnode(tokens) = 0 THEN
    RETURN;
  END IF;
  IF outlet IS NOT NULL THEN
    label := quote_literal('@o:' || left(coalesce(
      (SELECT o.outlet_id FROM core.outlet AS o WHERE outlet IN (o.outlet_id, o.name) ORDER BY o.outlet_id LIMIT 1),
      outlet
    ), {{longest_key}}))::tsquery;
    wanted := wanted && label;
    held := held && label;
  END IF;
  IF NOT is_phrase THEN
    held := wanted;
  END IF;
  -- Stretch by stretch, as long as what is still wanted needs at the rate so far: what stands in every second text costs no
  -- more than a rare word. The index knows days by labels among the tokens, and touches no row outside of them.
  WHILE cardinality(found) < most AND last >= oldest AND budget > 0 LOOP
    first := greatest(oldest, last - days + 1);
    -- The index knows which texts hold all words of a phrase (`held`), not whether they stand together: each has to be
    -- looked at. So that two words of every day cost no more than others, only so many are.
    EXECUTE 'SELECT coalesce(array_agg(c.article_id) FILTER (WHERE c.is_hit), ''{}''), count(*) FROM ('
      '  SELECT s.article_id, s.published_on, $5 OR s.tokens @@ $6 AS is_hit FROM core.article_search AS s'
      '  WHERE s.tokens @@ $1 AND s.published_on BETWEEN $2 AND $3 ORDER BY s.published_on DESC, s.article_id LIMIT $4'
      ') AS c'
      INTO few, looked_at
      USING report.search_period(first, last) && held, first, last,
        CASE WHEN is_phrase THEN budget ELSE most - cardinality(found) END, NOT is_phrase, wanted;
    found := found || few;
    IF is_phrase THEN
      budget := budget - looked_at;
    END IF;
    days := least(last - oldest + 1, 4 * days, ceil(1.2 * days * least(
      (most - cardinality(found))::float8 / greatest(cardinality(few), 1), budget::float8 / greatest(looked_at, 1)
    )))::integer;
    days := greatest(days, 3);
    last := first - 1;
  END LOOP;
  IF since IS NULL AND until IS NULL THEN
    EXECUTE 'SELECT $1 || coalesce((array_agg(u.article_id) FILTER (WHERE u.is_hit))[:$6], ''{}'') FROM ('
      '  SELECT s.article_id, $4 OR s.tokens @@ $5 AS is_hit FROM core.article_search AS s WHERE s.tokens @@ $2 LIMIT $3'
      ') AS u'
      INTO found USING found, held && '''@undated'''::tsquery, CASE WHEN is_phrase THEN {{phrase_budget}} ELSE most END,
        NOT is_phrase, wanted, most;
  END IF;
  RETURN QUERY SELECT * FROM core.article_search AS s WHERE s.article_id = ANY (found)
    ORDER BY s.published_on DESC NULLS LAST, s.article_id LIMIT most * 2;
END $$;
COMMENT ON FUNCTION report.search_found IS
  'Rows of core.article_search that a tsquery finds: the newest, at most so many, and as many undated ones unless days
are asked for. Of texts that hold all words of a phrase, the {{phrase_budget}} newest are looked at, and as many undated ones.';
