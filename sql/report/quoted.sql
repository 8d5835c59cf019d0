-- What one person is quoted as saying.
CREATE FUNCTION report.quoted(
  entity text, since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 50
)
RETURNS TABLE (
  published_on date, words text, speaker text, rule text, headline text, outlets text[], article_id uuid,
  quotation_no integer
)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
  wanted uuid := report.entity_find(entity);
  senses uuid[] := ARRAY(SELECT DISTINCT n.sense_id FROM core.sense_name AS n WHERE n.entity_id = wanted);
  articles uuid[] := ARRAY(SELECT s.article_id FROM core.speaker AS s WHERE s.sense_id = ANY (senses) LIMIT 501);
BEGIN
  -- Few quotations are put in order as they are. Of many, the newest stand in the newest articles that name the speaker.
  IF cardinality(articles) > 500 THEN
    articles := ARRAY(
      SELECT x.article_id FROM core.entity_article AS x
      WHERE x.entity_id = wanted AND x.published_on BETWEEN coalesce(since, '-infinity') AND coalesce(until, 'infinity')
        AND EXISTS (SELECT FROM core.speaker AS s WHERE s.article_id = x.article_id AND s.sense_id = ANY (senses))
      ORDER BY x.published_on DESC NULLS LAST, x.article_id DESC LIMIT most
    );
    IF cardinality(articles) < most AND since IS NULL AND until IS NULL THEN
      articles := articles || ARRAY(
        SELECT x.article_id FROM core.entity_article AS x
        WHERE x.entity_id = wanted AND x.published_on IS NULL
          AND EXISTS (SELECT FROM core.speaker AS s WHERE s.article_id = x.article_id AND s.sense_id = ANY (senses))
        ORDER BY x.article_id DESC LIMIT most
      );
    END IF;
  END IF;
  RETURN QUERY
  WITH said AS MATERIALIZED (
    SELECT d.published_on, s.article_id, s.quotation_no, s.rule
    FROM core.speaker AS s
    -- A spelling of a sense may be another entity's.
    JOIN core.sense_name AS n ON n.sense_id = s.sense_id AND n.name = s.name AND n.entity_id = wanted
    LEFT JOIN core.article_day AS d ON d.article_id = s.article_id
    WHERE s.article_id = ANY (articles)
      AND (since IS NULL OR d.published_on >= since) AND (until IS NULL OR d.published_on <= until)
    ORDER BY d.published_on DESC NULLS LAST, s.article_id DESC, s.quotation_no
    LIMIT most
  )
  SELECT n.published_on, substr(t.body, q.start_offset + 1, q.end_offset - q.start_offset), q.speaker, n.rule, t.headline,
    o.outlets, n.article_id, n.quotation_no
  FROM said AS n
  JOIN core.quotation AS q ON q.article_id = n.article_id AND q.quotation_no = n.quotation_no
  JOIN core.article AS t ON t.article_id = n.article_id
  CROSS JOIN LATERAL report.article_publisher(n.article_id) AS o
  ORDER BY n.published_on DESC NULLS LAST, n.article_id DESC, n.quotation_no;
END $$;
COMMENT ON FUNCTION report.quoted IS
  'What a person (key, name or spelling) is quoted as saying, newest first, undated texts last. rule tells why it is taken for
theirs: named, name elsewhere (in the article), pronoun, role, only person (that the article names).';
