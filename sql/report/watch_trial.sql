-- The newest texts that a watch would find, before it is written down.
CREATE FUNCTION report.watch_trial(
  kind text, subject text, since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 50
)
RETURNS TABLE (article_id uuid, published_on date, headline text, fragment text) LANGUAGE plpgsql STABLE AS $$
DECLARE
  asked record;
BEGIN
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := coalesce(since, until - 29);
  IF kind = 'entity' THEN
    RETURN QUERY
    SELECT x.article_id, x.published_on, t.headline, coalesce(substr(t.body, s.start_offset + 1, s.end_offset - s.start_offset), t.headline)
    FROM (
      SELECT e.article_id, e.published_on, e.sentence_nos FROM core.entity_article AS e
      WHERE e.entity_id = (SELECT report.entity_find(subject)) AND e.published_on BETWEEN since AND until
      ORDER BY e.published_on DESC NULLS LAST, e.article_id LIMIT most
    ) AS x
    JOIN core.article AS t ON t.article_id = x.article_id
    -- The first sentence that names it; 0 is the headline.
    LEFT JOIN core.sentence AS s ON s.article_id = x.article_id
      AND s.sentence_no = (SELECT min(n) FROM unnest(x.sentence_nos) AS n WHERE n > 0)
    ORDER BY x.published_on DESC, x.article_id;
  ELSIF kind = 'outlet' THEN
    RETURN QUERY
    SELECT x.article_id, x.published_on, t.headline, substr(t.body, s.start_offset + 1, s.end_offset - s.start_offset)
    FROM (
      SELECT p.article_id, p.published_on FROM core.publication AS p
      WHERE p.outlet = (SELECT report.watch_outlet(subject)) AND p.published_on BETWEEN since AND until
      ORDER BY p.published_on DESC, p.article_id LIMIT most
    ) AS x
    JOIN core.article AS t ON t.article_id = x.article_id
    LEFT JOIN core.sentence AS s ON s.article_id = x.article_id AND s.sentence_no = 1
    ORDER BY x.published_on DESC, x.article_id;
  ELSIF kind IN ('phrase', 'query') THEN
    asked := report.search_parse(report.watch_query(kind, subject));
    RETURN QUERY
    SELECT s.article_id, s.published_on, t.headline, f.fragment
    FROM report.search_found(asked.tokens, since, until, NULL, most) AS s
    JOIN core.article AS t ON t.article_id = s.article_id
    CROSS JOIN LATERAL report.search_fragment(t.body, s.tokens, asked.exact, asked.prefixes) AS f
    ORDER BY s.published_on DESC, s.article_id;
  END IF;
END $$;
COMMENT ON FUNCTION report.watch_trial IS
  'Tries a watch against the past: the newest texts from since until until (30 days unless told) that one of this kind (entity, phrase,
query, outlet) and subject would find, with a sentence or fragment. Days: report.watch_trial_day; what is wrong with it: report.watch_problem.';
