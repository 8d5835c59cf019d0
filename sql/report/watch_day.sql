-- How many texts a watch would find, by day.
CREATE FUNCTION report.watch_day(watch text, since date DEFAULT NULL, until date DEFAULT NULL)
RETURNS TABLE (published_on date, n_articles integer) LANGUAGE sql STABLE AS $$
SELECT d.published_on, d.n_articles
FROM core.watch AS w
CROSS JOIN LATERAL report.watch_trial_day(w.kind, w.subject, since, until) AS d
WHERE w.watch_id = watch
$$;
COMMENT ON FUNCTION report.watch_day IS
  'Texts that a watch (its id) would find by day, each on its first day, whether it was there then or not. The last 30 days unless told.';
