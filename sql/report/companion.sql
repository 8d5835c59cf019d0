-- Who and what is named together with one entity.
CREATE FUNCTION report.companion(entity text, since date DEFAULT NULL, until date DEFAULT NULL)
RETURNS TABLE (
  entity_id uuid, entity_key text, entity_type text, companion text, n_articles integer, n_sentences integer,
  n_of_entity integer, n_of_companion integer, n_of_all integer, pmi double precision, log_likelihood double precision
)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  wanted uuid := report.entity_find(entity);
  own integer;
  everything integer;
BEGIN
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := coalesce(since, until - 29);
  SELECT coalesce(sum(d.n_articles), 0) INTO own FROM core.entity_day AS d
  WHERE d.entity_id = wanted AND d.published_on BETWEEN since AND until;
  SELECT coalesce(sum(d.n_articles), 0) INTO everything FROM core.press_day AS d WHERE d.published_on BETWEEN since AND until;
  RETURN QUERY
  WITH together AS MATERIALIZED (
    SELECT b.entity_id, count(*)::integer AS n_articles,
      sum(CASE WHEN a.sentence_nos && b.sentence_nos
        THEN (SELECT count(*) FROM unnest(a.sentence_nos) AS s WHERE s = ANY (b.sentence_nos)) ELSE 0 END)::integer AS n_sentences
    FROM core.entity_article AS a
    JOIN core.entity_article AS b USING (article_id)
    WHERE a.entity_id = wanted AND a.published_on BETWEEN since AND until AND b.entity_id <> wanted
    GROUP BY b.entity_id
    ORDER BY 2 DESC, 1
    LIMIT 500
  ), counted AS (
    SELECT t.*, d.n AS n_other
    FROM together AS t
    CROSS JOIN LATERAL (
      SELECT sum(d.n_articles)::integer AS n FROM core.entity_day AS d
      WHERE d.entity_id = t.entity_id AND d.published_on BETWEEN since AND until
    ) AS d
  )
  SELECT e.entity_id, e.entity_key, e.entity_type, e.name, c.n_articles, c.n_sentences, own, c.n_other, everything,
    log(2, (c.n_articles::numeric * everything) / (own::numeric * c.n_other))::double precision,
    -- The four cells of the table: both, one, the other, neither. Named together less than by chance is no bond.
    CASE WHEN c.n_articles::double precision * everything < own::double precision * c.n_other THEN -1 ELSE 1 END
    * (SELECT 2 * sum(cell.n * ln(cell.n * everything / (cell.by_own * cell.by_other))) FROM (VALUES
      (c.n_articles::double precision, own::double precision, c.n_other::double precision),
      (own - c.n_articles, own, everything - c.n_other),
      (c.n_other - c.n_articles, everything - own, c.n_other),
      (everything - own - c.n_other + c.n_articles, everything - own, everything - c.n_other)
    ) AS cell (n, by_own, by_other) WHERE cell.n > 0)
  FROM counted AS c
  JOIN core.entity AS e USING (entity_id);
END $$;
COMMENT ON FUNCTION report.companion IS
  'The 500 entities named most in the same texts as one (its key, name or a spelling), from since until until: the newest 30 days unless
told. n_articles, n_sentences: texts and sentences that name both. n_of_entity, n_of_companion, n_of_all: texts that name each, and all texts.
pmi: pointwise mutual information in bits (Church and Hanks 1990), high also for rare pairs; log_likelihood: G² of the two-by-two table
(Dunning 1993), high for pairs that surely belong together, negative for those that are named together less than chance would have it. Texts without a day are not in it.';
