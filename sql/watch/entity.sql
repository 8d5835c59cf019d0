-- Where the articles of `considered` name the entities that are watched: in the body where they do, else in the headline.
INSERT INTO stage_watch_hit (watch_id, article_id, page_id, published_on, headline, part, sentence_no, sentence,
  start_offset, end_offset, surface, n_matches)
SELECT DISTINCT ON (w.watch_id, m.article_id)
  w.watch_id, m.article_id, t.page_id, x.published_on, t.headline, m.part, m.sentence_no,
  CASE m.part WHEN 'body' THEN substr(t.body, s.start_offset + 1, s.end_offset - s.start_offset) ELSE t.headline END,
  m.start_offset, m.end_offset, m.surface, x.n_mentions
FROM (
  SELECT watch_id, report.entity_find(subject) AS entity_id FROM watched WHERE kind = 'entity'
) AS w
CROSS JOIN considered AS c
JOIN core.entity_article AS x ON (x.article_id, x.entity_id) = (c.article_id, w.entity_id)
JOIN core.mention AS m ON (m.article_id, m.entity_id) = (c.article_id, w.entity_id)
JOIN core.article AS t ON t.article_id = c.article_id
LEFT JOIN core.sentence AS s ON (s.article_id, s.sentence_no) = (m.article_id, m.sentence_no)
ORDER BY w.watch_id, m.article_id, m.part, m.start_offset
