-- Which outlet published more, or less, than usual.
CREATE FUNCTION report.outlet_trend(since date DEFAULT NULL, until date DEFAULT NULL, weeks integer DEFAULT 8)
RETURNS TABLE (
  outlet_id text, outlet text, since_on date, until_on date, n_articles integer, expected double precision,
  lift double precision, score double precision, p_value double precision, state text, n_windows integer
)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  step integer;
BEGIN
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := least(coalesce(since, until), until);
  step := 7 * ((until - since) / 7 + 1);
  RETURN QUERY
  WITH counted AS (
    SELECT d.outlet, (until - d.published_on) / step AS k, sum(d.n_articles)::double precision AS n
    FROM generate_series(0, weeks) AS k
    JOIN core.outlet_day AS d ON d.published_on BETWEEN since - k * step AND until - k * step
    WHERE d.outlet IS NOT NULL
    GROUP BY 1, 2
  ), compared AS (
    SELECT s.*,
      -- An outlet's own baseline begins where it does: a new one is not compared with weeks before it, and one that rests on
      -- this weekday is not new.
      least((until - (SELECT min(d.published_on) FROM core.outlet_day AS d WHERE d.outlet = s.outlet)) / step, weeks) AS windows
    FROM (
      SELECT c.outlet, coalesce(sum(c.n) FILTER (WHERE c.k = 0), 0) AS n, coalesce(sum(c.n) FILTER (WHERE c.k > 0), 0) AS usual,
        coalesce(sum(c.n * c.n) FILTER (WHERE c.k > 0), 0) AS square
      FROM counted AS c
      GROUP BY c.outlet
    ) AS s
  ), scored AS (
    SELECT c.*, c.usual / nullif(c.windows, 0) AS mean,
      -- Its weeks count alike: each is one of so many.
      report.trend_score(c.n, 1, c.usual, c.windows, c.square, c.windows) AS score
    FROM compared AS c
  )
  SELECT s.outlet, coalesce(o.name, s.outlet), since, until, s.n::integer, s.mean, (s.n + 1) / (s.mean + 1), s.score,
    report.normal_tail(s.score),
    CASE
      WHEN s.score IS NULL THEN 'new'
      WHEN report.normal_tail(s.score) > 0.01 THEN 'usual'
      WHEN s.n = 0 THEN 'silent'
      WHEN s.n >= 2 * s.mean THEN 'doubled'
      WHEN s.n <= s.mean / 2 THEN 'halved'
      ELSE 'usual'
    END,
    s.windows
  FROM scored AS s
  LEFT JOIN core.outlet AS o ON o.outlet_id = s.outlet;
END $$;
COMMENT ON FUNCTION report.outlet_trend IS
  'How much each outlet published from since until until (the newest day unless told), against its own mean on the same weekdays of the
weeks before. score and p_value as in report.entity_trend. state: silent, halved, usual, doubled (beyond chance at 1 %), or new where there
are not two weeks to compare with. Texts without a day are not in it: report.undated.';
