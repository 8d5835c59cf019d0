-- The labels by which the index of words knows the days from one to another.
CREATE FUNCTION report.search_period(since date, until date) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN until - since < 40
  THEN (
    SELECT string_agg(quote_literal(to_char(day, '"@"YYYY-MM-DD')), ' | ')
    FROM generate_series(since, until, interval '1 day') AS day
  )
  ELSE (
    SELECT string_agg(quote_literal(to_char(month, '"@"YYYY-MM')), ' | ')
    FROM generate_series(date_trunc('month', since), until, interval '1 month') AS month
  )
END::tsquery
$$;
COMMENT ON FUNCTION report.search_period IS
  'Days as a tsquery: tokens @@ (report.search_query(…) && report.search_period(since, until)). Beyond 39 days whole months.';
