-- Who and what is named how much more, or less, than usual.
CREATE FUNCTION report.entity_trend(
  since date DEFAULT NULL, until date DEFAULT NULL, counting text DEFAULT 'articles', weeks integer DEFAULT 8
)
RETURNS TABLE (
  entity_id uuid, entity_key text, entity_type text, entity text, since_on date, until_on date, n integer,
  expected double precision, lift double precision, score double precision, p_value double precision,
  q_value double precision, n_baseline integer, n_windows integer
)
LANGUAGE plpgsql STABLE SET work_mem = '64MB' SET enable_seqscan = off AS $$
DECLARE
  step integer;
BEGIN
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := least(coalesce(since, until), until);
  -- The baseline has the same weekdays: windows of the same length, whole weeks ago, none reaching into the next.
  step := 7 * ((until - since) / 7 + 1);
  RETURN QUERY
  WITH span AS MATERIALIZED (
    SELECT k, since - k * step AS first, until - k * step AS last,
      coalesce(sum(CASE counting WHEN 'stories' THEN p.n_stories WHEN 'appearances' THEN p.n_appearances ELSE p.n_articles END), 0)
        ::double precision AS n_press
    FROM generate_series(0, weeks) AS k
    LEFT JOIN core.press_day AS p ON p.published_on BETWEEN since - k * step AND until - k * step
    GROUP BY k
  ), base AS (
    SELECT count(*) FILTER (WHERE k > 0 AND n_press > 0) AS windows, nullif(sum(n_press) FILTER (WHERE k > 0), 0) AS n_press,
      sum(n_press) FILTER (WHERE k = 0) AS n_press_now
    FROM span
  ), named AS (
    SELECT d.entity_id, s.k, s.n_press,
      sum(CASE counting WHEN 'stories' THEN d.n_stories WHEN 'appearances' THEN d.n_appearances ELSE d.n_articles END)
        ::double precision AS n
    FROM span AS s
    JOIN core.entity_day AS d ON d.published_on BETWEEN s.first AND s.last
    GROUP BY d.entity_id, s.k, s.n_press
  ), compared AS (
    SELECT c.entity_id, coalesce(sum(c.n) FILTER (WHERE c.k = 0), 0) AS n, coalesce(sum(c.n) FILTER (WHERE c.k > 0), 0) AS usual,
      coalesce(sum(c.n * c.n / nullif(c.n_press, 0)) FILTER (WHERE c.k > 0), 0) AS square
    FROM named AS c
    GROUP BY c.entity_id
  ), scored AS MATERIALIZED (  -- once, not wherever its score is asked for
    SELECT c.entity_id, c.n, c.usual, b.windows, b.n_press_now * (c.usual + 0.5) / b.n_press AS expected,
      report.trend_score(c.n, b.n_press_now, c.usual, b.n_press, c.square, b.windows) AS score
    FROM compared AS c, base AS b
    WHERE c.n + c.usual > 0
  ), tested AS (
    SELECT s.*, report.normal_tail(s.score) AS p_value FROM scored AS s
  ), ranked AS (
    -- How many are at least as surprising, those that are just so included: small counts often tie.
    SELECT t.*, count(t.score) OVER () AS m, count(*) OVER (ORDER BY t.p_value) AS place FROM tested AS t
  )
  SELECT e.entity_id, e.entity_key, e.entity_type, e.name, since, until, r.n::integer, r.expected,
    (r.n + 1) / (r.expected + 1), r.score, r.p_value,
    CASE WHEN r.p_value IS NOT NULL THEN least(1, min(r.p_value * r.m / r.place) OVER (ORDER BY r.p_value DESC)) END,
    r.usual::integer, r.windows::integer
  FROM ranked AS r
  JOIN core.entity AS e USING (entity_id);
END $$;
COMMENT ON FUNCTION report.entity_trend IS
  'How much each entity is named from since until until (the newest day unless told), against the same weekdays of the weeks before.
counting: articles (each text once), stories (each story once) or appearances (at every outlet). expected: its usual share of all that
was published (half a text added, so that who was never named is not expected never), times what was published now. lift: (n + 1) / (expected + 1), so that small numbers promise little. score: signed root of the
log-likelihood ratio (Dunning 1993) over the root of the dispersion of its own baseline; about standard normal where nothing has changed.
p_value: two-sided; q_value: the share of false alarms among all entities as surprising as this one (Benjamini and Hochberg 1995).
n_baseline, n_windows: what the baseline rests on; no score below two windows. What has no day is not in it: report.undated.';
