-- Texts among the articles of `considered` in which a phrase or a query that is watched is found, with the keys that it
-- looks for. Where in the text, the library works out: only what is found is read.
WITH asked AS MATERIALIZED (
  SELECT w.watch_id, w.kind, q.tokens, q.exact, q.prefixes
  FROM watched AS w
  CROSS JOIN LATERAL report.search_parse(report.watch_query(w.kind, w.subject)) AS q
  WHERE w.kind IN ('phrase', 'query') AND cardinality(q.exact) + cardinality(q.prefixes) > 0
)
SELECT a.watch_id, a.kind, t.article_id, t.page_id, s.published_on, t.headline, t.body, a.exact, a.prefixes,
  ARRAY(SELECT ARRAY[e.start_offset, e.end_offset] FROM core.sentence AS e
    WHERE e.article_id = t.article_id ORDER BY e.sentence_no) AS sentences
FROM asked AS a
CROSS JOIN considered AS c
JOIN core.article_search AS s ON s.article_id = c.article_id AND s.tokens @@ a.tokens
JOIN core.article AS t ON t.article_id = c.article_id
ORDER BY a.watch_id, t.article_id
