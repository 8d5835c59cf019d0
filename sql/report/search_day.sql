-- How many texts a search finds, by day.
CREATE FUNCTION report.search_day(query text, since date DEFAULT NULL, until date DEFAULT NULL)
RETURNS TABLE (published_on date, n_articles integer, share real)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := coalesce(since, until - 30);
  RETURN QUERY EXECUTE
    'SELECT d.published_on, coalesce(f.n, 0)::integer, (coalesce(f.n, 0)::real / nullif(d.n_articles, 0))::real'
    ' FROM core.press_day AS d'
    ' LEFT JOIN (SELECT s.published_on, count(*) AS n FROM core.article_search AS s'
    '   WHERE s.tokens @@ $1 AND s.published_on BETWEEN $2 AND $3 GROUP BY 1) AS f USING (published_on)'
    ' WHERE d.published_on BETWEEN $2 AND $3 ORDER BY 1'
    USING report.search_query(query) && report.search_period(since, until), since, until;
END $$;
COMMENT ON FUNCTION report.search_day IS
  'Texts that a search finds by day (each on its first day), and their share of all texts of that day. The last 31 days unless told;
undated texts are not in it: SELECT count(*) FROM core.article_search WHERE tokens @@ (report.search_query(…) && ''''''@undated'''''') counts
those that it finds.';
