-- In which sentences is it named, and how was it spelled there?
SELECT substr(t.body, s.start_offset + 1, s.end_offset - s.start_offset) AS sentence, m.prefix, m.surface
FROM report.mention AS m
JOIN core.article AS t USING (article_id)
JOIN core.sentence AS s USING (article_id, sentence_no)
WHERE m.entity = 'كازاخستان' AND m.part = 'body'
ORDER BY m.article_id, m.start_offset
LIMIT 10;
