-- How often two entities were named together, by day.
CREATE FUNCTION report.companion_day(entity text, companion text, since date DEFAULT NULL, until date DEFAULT NULL)
RETURNS TABLE (published_on date, n_articles integer, n_sentences integer) LANGUAGE sql STABLE SET enable_seqscan = off AS $$
SELECT a.published_on, count(*)::integer,
  sum((SELECT count(*) FROM unnest(a.sentence_nos) AS s WHERE s = ANY (b.sentence_nos)))::integer
FROM core.entity_article AS a
JOIN core.entity_article AS b USING (article_id)
WHERE a.entity_id = (SELECT report.entity_find(entity)) AND b.entity_id = (SELECT report.entity_find(companion))
  AND (since IS NULL OR a.published_on >= since) AND (until IS NULL OR a.published_on <= until)
GROUP BY a.published_on
ORDER BY a.published_on
$$;
COMMENT ON FUNCTION report.companion_day IS
  'Texts and sentences that name both entities (keys, names or spellings), by day; published_on is NULL for texts without a day.';
