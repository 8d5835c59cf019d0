-- How often two entities were named together, by day.
CREATE FUNCTION report.companion_day(entity text, companion text, since date DEFAULT NULL, until date DEFAULT NULL)
RETURNS TABLE (published_on date, n_articles integer, n_sentences integer)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  one uuid := report.entity_find(entity);
  other uuid := report.entity_find(companion);
  first date := coalesce(since, '-infinity');
  last date := coalesce(until, 'infinity');
BEGIN
  RETURN QUERY
  -- Which texts name both, the index knows by itself (a text has one day): no other row is read.
  WITH together AS MATERIALIZED (
    SELECT a.article_id
    FROM core.entity_article AS a
    JOIN core.entity_article AS b ON b.published_on = a.published_on AND b.article_id = a.article_id
    WHERE a.entity_id = one AND a.published_on BETWEEN first AND last
      AND b.entity_id = other AND b.published_on BETWEEN first AND last
    UNION ALL
    SELECT a.article_id
    FROM core.entity_article AS a
    JOIN core.entity_article AS b ON b.article_id = a.article_id
    WHERE since IS NULL AND until IS NULL
      AND a.entity_id = one AND a.published_on IS NULL AND b.entity_id = other AND b.published_on IS NULL
  )
  SELECT a.published_on, count(*)::integer,
    sum((SELECT count(*) FROM unnest(a.sentence_nos) AS s WHERE s = ANY (b.sentence_nos)))::integer
  FROM together AS t
  JOIN core.entity_article AS a ON a.article_id = t.article_id AND a.entity_id = one
  JOIN core.entity_article AS b ON b.article_id = t.article_id AND b.entity_id = other
  GROUP BY a.published_on
  ORDER BY a.published_on;
END $$;
COMMENT ON FUNCTION report.companion_day IS
  'Texts and sentences that name both entities (keys, names or spellings), by day; published_on is NULL for texts without a day.';
