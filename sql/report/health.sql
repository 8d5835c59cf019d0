-- How the system is doing, one figure a row; alarm says what is wrong, where something is.
CREATE VIEW report.health AS
WITH recent AS (
  SELECT
    r.run_id, r.n_seen, r.n_quarantined, extract(epoch FROM r.closed_at - r.started_at) AS seconds,
    r.n_loaded + r.n_updated > 0 AS had_work
  FROM ops.run AS r
  WHERE r.state = 'closed' AND r.closed_at > now() - interval '1 day'
), work AS (
  SELECT
    count(*) AS n_pages,
    coalesce(sum(p.n_articles), 0) AS n_articles,
    count(*) FILTER (WHERE p.n_articles > 0) AS n_read,
    count(*) FILTER (WHERE p.n_articles > 0 AND p.confidence < 0.5) AS n_doubtful,
    (SELECT sum(seconds) FROM recent WHERE had_work) AS seconds
  FROM recent
  JOIN ops.outcome AS o USING (run_id)
  JOIN core.page AS p USING (page_id)
  -- Most runs find everything done, and have a row for every page all the same.
  WHERE recent.had_work AND o.outcome IN ('loaded', 'updated')
), waiting AS (
  SELECT count(*) AS n_pages, min(r.started_at) AS since
  FROM ops.run AS r
  JOIN ops.outcome AS o USING (run_id)
  WHERE r.state <> 'closed' AND o.outcome IS NULL
), figure (place, measure, value, unit, alarm) AS (
  SELECT 1, 'last_closed_run_age', extract(epoch FROM now() - max(closed_at)) / 60, 'minutes',
    CASE WHEN max(closed_at) IS NULL THEN 'no run has ever closed its books'
      WHEN max(closed_at) < now() - interval '1 hour' THEN 'no run has closed its books for an hour' END
  FROM ops.run
  WHERE pipeline = 'ingest' AND state = 'closed'
  UNION ALL
  SELECT 2, 'runs_failed', count(*), 'runs', CASE WHEN count(*) > 0 THEN 'runs whose books do not close' END
  FROM ops.run
  WHERE state = 'failed'
  UNION ALL
  SELECT 3, 'runs_silent', count(*), 'runs', CASE WHEN count(*) > 0 THEN 'open runs that have not stirred for an hour' END
  FROM ops.run
  WHERE state = 'open' AND heartbeat_at < now() - interval '1 hour'
  UNION ALL
  SELECT 4, 'queue_pages', n_pages, 'pages', NULL FROM waiting
  UNION ALL
  SELECT 5, 'queue_age', coalesce(extract(epoch FROM now() - since) / 60, 0), 'minutes',
    CASE WHEN since < now() - interval '6 hours' THEN 'pages have waited for six hours' END
  FROM waiting
  UNION ALL
  SELECT 6, 'quarantined_pages', count(*), 'pages', NULL FROM ops.quarantine WHERE released_at IS NULL
  UNION ALL
  SELECT 7, 'quarantined_share', sum(n_quarantined)::numeric / nullif(sum(n_seen), 0), 'of pages seen in a day',
    CASE WHEN sum(n_quarantined) > 0.1 * sum(n_seen) AND sum(n_seen) >= 100
      THEN 'more than a tenth of a day''s pages is in quarantine' END
  FROM recent
  UNION ALL
  SELECT 8, 'doubtful_share', n_doubtful::numeric / nullif(n_read, 0), 'of pages read in a day',
    CASE WHEN n_doubtful > 0.1 * n_read AND n_read >= 100 THEN 'the reader is unsure of more than a tenth' END
  FROM work
  UNION ALL
  SELECT 9, 'pages_per_second', n_pages / nullif(seconds, 0), 'pages/s, over a day''s runs that had work', NULL FROM work
  UNION ALL
  SELECT 10, 'articles_per_second', n_articles / nullif(seconds, 0), 'articles/s, over a day''s runs that had work', NULL FROM work
)
SELECT measure, round(value::numeric, 4) AS value, unit, alarm FROM figure ORDER BY place;
COMMENT ON VIEW report.health IS
  'How the system is doing: age of the last closed run, failed and silent runs, queue, quarantine, doubt, speed. What each alarm means and what to do: docs/operations.md.';
COMMENT ON COLUMN report.health.value IS 'The figure; empty where there was nothing to measure.';
COMMENT ON COLUMN report.health.alarm IS 'What is wrong; empty where nothing is.';
COMMENT ON COLUMN report.health.measure IS 'Short stable name of the figure.';
COMMENT ON COLUMN report.health.unit IS 'What it counts or measures.';
