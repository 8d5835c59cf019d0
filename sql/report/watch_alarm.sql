-- Whether watches with a threshold or a trend fire on a day.
CREATE FUNCTION report.watch_alarm(day date)
RETURNS TABLE (
  watch_id text, name text, n_articles integer, expected double precision, p_value double precision, is_alarm boolean
)
LANGUAGE sql STABLE AS $$
SELECT w.watch_id, w.name, c.n, c.expected, c.p_value,
  c.n >= coalesce(w.at_least, 1)
  AND (w.times_usual IS NULL OR coalesce(c.n >= w.times_usual * c.expected AND c.n > c.expected AND c.p_value < 0.01, false))
FROM core.watch AS w
CROSS JOIN LATERAL (
  -- The same weekday of the eight weeks before; without two of them nothing is usual yet.
  SELECT b.n, b.usual / nullif(b.windows, 0) AS expected,
    report.normal_tail(report.trend_score(b.n, 1, b.usual, b.windows, b.square, b.windows)) AS p_value
  FROM (
    SELECT coalesce(sum(d.n_articles) FILTER (WHERE d.published_on = day), 0)::integer AS n,
      coalesce(sum(d.n_articles) FILTER (WHERE d.published_on < day), 0)::double precision AS usual,
      coalesce(sum(d.n_articles::double precision ^ 2) FILTER (WHERE d.published_on < day), 0) AS square,
      count(*) FILTER (WHERE d.published_on < day) AS windows
    FROM report.watch_day(w.watch_id, day - 56, day) AS d
    WHERE (day - d.published_on) % 7 = 0
  ) AS b
) AS c
WHERE w.is_active AND num_nonnulls(w.at_least, w.times_usual) > 0
$$;
COMMENT ON FUNCTION report.watch_alarm IS
  'Watches with a threshold or a trend on a day: texts, what is usual for the weekday, the chance of that (as in report.entity_trend), and
whether it fires: at least at_least, and times_usual as many as usual at 1 %.';
