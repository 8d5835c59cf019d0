-- What one person is quoted as saying.
CREATE FUNCTION report.quoted(
  entity text, since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 50
)
RETURNS TABLE (
  published_on date, words text, speaker text, rule text, headline text, outlets text[], article_id uuid,
  quotation_no integer
)
LANGUAGE sql STABLE AS $$
SELECT d.published_on, substr(t.body, q.start_offset + 1, q.end_offset - q.start_offset), q.speaker, s.rule, t.headline,
  o.outlets, q.article_id, q.quotation_no
FROM (
  -- One who has no sense of that name says nothing: offset 0 keeps the few senses from being looked for last.
  SELECT n.sense_id, n.name FROM core.sense_name AS n WHERE n.entity_id = (SELECT report.entity_find(entity)) OFFSET 0
) AS n
JOIN core.speaker AS s ON s.sense_id = n.sense_id AND s.name = n.name
JOIN core.quotation AS q ON q.article_id = s.article_id AND q.quotation_no = s.quotation_no
JOIN core.article AS t ON t.article_id = q.article_id
LEFT JOIN core.article_day AS d ON d.article_id = q.article_id
CROSS JOIN LATERAL report.article_publisher(q.article_id) AS o
WHERE (since IS NULL OR d.published_on >= since) AND (until IS NULL OR d.published_on <= until)
ORDER BY d.published_on DESC NULLS LAST, q.article_id, q.quotation_no
LIMIT most
$$;
COMMENT ON FUNCTION report.quoted IS
  'What a person (key, name or spelling) is quoted as saying, newest first, undated texts last. rule tells why it is taken for
theirs: named, name nearby, pronoun, role.';
