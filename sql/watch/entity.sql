-- Where the articles of `considered` name the entities that are watched: in the body where they do, else in the headline.
INSERT INTO stage_watch_hit (watch_id, article_id, page_id, published_on, headline, part, sentence_no, sentence,
  start_offset, end_offset, surface, n_matches)
SELECT DISTINCT ON (w.watch_id, m.article_id)
  w.watch_id, m.article_id, t.page_id, x.published_on, t.headline, m.part, m.sentence_no,
  CASE m.part WHEN 'body' THEN substr(t.body, s.start_offset + 1, s.end_offset - s.start_offset) ELSE t.headline END,
  m.start_offset, m.end_offset, m.surface, x.n_mentions
FROM considered AS c
JOIN core.article AS t USING (article_id)
-- Article by article (OFFSET 0): of an entity that is watched, what names it elsewhere is not read.
CROSS JOIN LATERAL (SELECT * FROM core.entity_article AS e WHERE e.article_id = c.article_id OFFSET 0) AS x
JOIN (
  SELECT watch_id, report.entity_find(subject) AS entity_id FROM watched WHERE kind = 'entity' OFFSET 0
) AS w ON w.entity_id = x.entity_id
CROSS JOIN LATERAL (SELECT * FROM core.mention AS n WHERE n.article_id = x.article_id OFFSET 0) AS m
LEFT JOIN core.sentence AS s ON (s.article_id, s.sentence_no) = (m.article_id, m.sentence_no)
WHERE m.entity_id = w.entity_id
ORDER BY w.watch_id, m.article_id, m.part, m.start_offset
