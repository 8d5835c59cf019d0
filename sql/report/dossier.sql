-- What is known of one entity, in one answer.
CREATE FUNCTION report.dossier(entity text, since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 10)
RETURNS TABLE (section text, place integer, item text, n integer, note text, id uuid)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  wanted uuid := report.entity_find(entity);
  is_open boolean := until IS NULL;
BEGIN
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := coalesce(since, until - 29);
  RETURN QUERY
  WITH companion AS MATERIALIZED (
    SELECT c.* FROM report.companion((SELECT e.entity_key FROM core.entity AS e WHERE e.entity_id = wanted), since, until) AS c
  )
  SELECT 'entity', 1, e.name, e.n_articles, concat_ws(', ', e.entity_type, e.entity_key, e.n_undated || ' undated'), e.entity_id
  FROM report.entity AS e WHERE e.entity_id = wanted
  UNION ALL
  (SELECT 'name', row_number() OVER (ORDER BY s.n_mentions DESC, s.spelling)::integer, s.spelling, s.n_mentions::integer, s.rule, wanted
  FROM report.entity_spelling AS s WHERE s.entity_id = wanted ORDER BY 2 LIMIT most)
  UNION ALL
  (SELECT 'day', row_number() OVER (ORDER BY d.published_on)::integer, d.published_on::text, d.n_articles,
    d.n_stories || ' stories, ' || d.n_appearances || ' appearances', wanted
  FROM core.entity_day AS d WHERE d.entity_id = wanted AND d.published_on BETWEEN since AND until ORDER BY 2)
  UNION ALL
  (SELECT 'place', row_number() OVER (ORDER BY c.log_likelihood DESC, c.entity_key)::integer, c.companion, c.n_articles,
    c.n_sentences || ' sentences', c.entity_id
  FROM companion AS c WHERE c.entity_type = 'LOC' AND c.pmi > 0 ORDER BY 2 LIMIT most)
  UNION ALL
  (SELECT 'companion', row_number() OVER (ORDER BY c.log_likelihood DESC, c.entity_key)::integer, c.companion, c.n_articles,
    c.n_sentences || ' sentences', c.entity_id
  FROM companion AS c WHERE c.entity_type <> 'LOC' AND c.pmi > 0 ORDER BY 2 LIMIT most)
  UNION ALL
  (SELECT 'article', row_number() OVER (ORDER BY a.published_on DESC NULLS LAST, a.article_id DESC)::integer,
    coalesce(t.headline, left(t.body, 80)), a.n_mentions, coalesce(a.published_on::text, 'undated'), a.article_id
  FROM (
    (SELECT x.* FROM core.entity_article AS x WHERE x.entity_id = wanted AND x.published_on <= until
    ORDER BY x.published_on DESC NULLS LAST, x.article_id DESC LIMIT most)
    UNION ALL
    (SELECT x.* FROM core.entity_article AS x WHERE is_open AND x.entity_id = wanted AND x.published_on IS NULL
    ORDER BY x.published_on DESC NULLS LAST, x.article_id DESC LIMIT most)
    ORDER BY published_on DESC NULLS LAST, article_id DESC LIMIT most
  ) AS a
  JOIN core.article AS t USING (article_id));
END $$;
COMMENT ON FUNCTION report.dossier IS
  'What is known of an entity (key, name or spelling): section entity, name (spellings), day (texts by day), place and companion (named with
it, by log-likelihood), article (newest first, undated ones last where no day is given). n counts texts, of names and articles mentions. Days, places and companions of the newest
30 days unless told.';
