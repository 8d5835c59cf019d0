-- What the outlets that are watched publish, among the articles of `considered`.
INSERT INTO stage_watch_hit (watch_id, article_id, page_id, published_on, headline, part, sentence_no, sentence,
  start_offset, end_offset, surface, n_matches)
SELECT DISTINCT ON (w.watch_id, t.article_id)
  w.watch_id, t.article_id, t.page_id, d.published_on, t.headline, 'body', coalesce(s.sentence_no, 0),
  coalesce(substr(t.body, s.start_offset + 1, s.end_offset - s.start_offset), ''),
  coalesce(s.start_offset, 0), coalesce(s.end_offset, 0), w.name, p.n_appearances
FROM (
  SELECT w.watch_id, coalesce(o.outlet_id, w.subject) AS outlet, coalesce(o.name, w.subject) AS name
  FROM watched AS w
  LEFT JOIN core.outlet AS o ON w.subject IN (o.outlet_id, o.name)
  WHERE w.kind = 'outlet'
) AS w
CROSS JOIN considered AS c
-- Article by article (OFFSET 0): what the outlet has published besides is not read.
CROSS JOIN LATERAL (SELECT * FROM core.publication AS o WHERE o.article_id = c.article_id OFFSET 0) AS p
JOIN core.article AS t ON t.article_id = c.article_id
JOIN core.article_day AS d ON d.article_id = c.article_id
LEFT JOIN core.sentence AS s ON (s.article_id, s.sentence_no) = (t.article_id, 1)
WHERE p.outlet = w.outlet
ORDER BY w.watch_id, t.article_id, p.n_appearances DESC
