-- Who is named together with whom in one sentence?
SELECT a.entity AS one, b.entity AS other, count(DISTINCT (a.article_id, a.sentence_no)) AS n_sentences
FROM report.mention AS a
JOIN report.mention AS b USING (article_id, part, sentence_no)
WHERE a.entity_key < b.entity_key
GROUP BY 1, 2
ORDER BY n_sentences DESC, one, other
LIMIT 10;
