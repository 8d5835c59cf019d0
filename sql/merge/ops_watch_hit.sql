-- What watches find in the articles of `considered`. What was told stays as it was told, and is not told again when its
-- article is read anew under another id: the page it stood on no longer carries the old one. What came a week ago or
-- earlier is no news, unless it was held back until now: a watch that was written since does not find it when old pages are read
-- or counted again.
WITH gone AS (
  DELETE FROM ops.watch_hit AS t
  USING considered AS c
  WHERE t.article_id = c.article_id AND t.told_on IS NULL
    AND EXISTS (SELECT FROM watched AS w WHERE w.watch_id = t.watch_id)
    AND NOT EXISTS (SELECT FROM stage_watch_hit AS s WHERE (s.watch_id, s.article_id) = (t.watch_id, t.article_id))
), changed AS (
  UPDATE ops.watch_hit AS t
  SET page_id = s.page_id, published_on = s.published_on, headline = s.headline, part = s.part,
    sentence_no = s.sentence_no, sentence = s.sentence, start_offset = s.start_offset, end_offset = s.end_offset,
    surface = s.surface, n_matches = s.n_matches
  FROM stage_watch_hit AS s
  WHERE (t.watch_id, t.article_id) = (s.watch_id, s.article_id)
    AND (t.page_id, t.published_on, t.headline, t.part, t.sentence_no, t.sentence, t.start_offset, t.end_offset,
      t.surface, t.n_matches)
      IS DISTINCT FROM (s.page_id, s.published_on, s.headline, s.part, s.sentence_no, s.sentence, s.start_offset,
        s.end_offset, s.surface, s.n_matches)
)
INSERT INTO ops.watch_hit (watch_id, article_id, page_id, published_on, headline, part, sentence_no, sentence,
  start_offset, end_offset, surface, n_matches, told_on)
SELECT DISTINCT ON (watch_id, article_id) watch_id, article_id, page_id, published_on, headline, part, sentence_no,
  sentence, start_offset, end_offset, surface, n_matches, b.told_on
FROM stage_watch_hit AS s
CROSS JOIN LATERAL (
  SELECT min(o.told_on) AS told_on, count(*) > 0 AS is_known
  FROM ops.watch_hit AS o
  WHERE o.watch_id = s.watch_id AND o.article_id <> s.article_id
    AND o.page_id IN (SELECT a.page_id FROM core.appearance AS a WHERE a.article_id = s.article_id)
    AND NOT EXISTS (
      SELECT FROM core.appearance AS a WHERE (a.page_id, a.article_id) = (o.page_id, o.article_id)
    )
) AS b
WHERE NOT EXISTS (SELECT FROM ops.watch_hit AS t WHERE (t.watch_id, t.article_id) = (s.watch_id, s.article_id))
  AND (b.is_known OR EXISTS (
    SELECT FROM core.appearance AS a
    JOIN raw.page AS p ON p.page_id = a.page_id
    WHERE a.article_id = s.article_id AND (
      p.landed_at > now() - interval '7 days'
      OR EXISTS (SELECT FROM ops.quarantine AS q WHERE q.page_id = a.page_id AND q.resolved_at > now() - interval '7 days')
    )
  ))
ORDER BY watch_id, article_id
