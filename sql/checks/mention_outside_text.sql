-- Mentions that do not stand in the text where they say they do.
-- severity: error, at most: 0
SELECT count(*) AS value, min(m.article_id || ' ' || m.part || ' ' || m.start_offset) AS example
FROM checked_article
JOIN core.article AS t USING (article_id)
JOIN core.mention AS m USING (article_id)
WHERE substr(CASE m.part WHEN 'headline' THEN t.headline ELSE t.body END, m.start_offset + 1, m.end_offset - m.start_offset)
  IS DISTINCT FROM m.surface
