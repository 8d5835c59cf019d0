-- The texts of stories that were told in more than one, in the order in which they were published, each with the text
-- that it most likely goes back to: of those it is linked to, the last one published on a day before. Most copies appear on
-- the day of the first; of two such texts the much shorter one is the copy, whichever came first.
CREATE VIEW report.story_version AS
SELECT
  s.story_id, v.article_id,
  CASE WHEN v.first_published_on IS NOT NULL
    THEN rank() OVER (PARTITION BY s.story_id ORDER BY v.first_published_on) END AS version_no,
  v.first_published_on, v.outlets, v.headline, v.n_words,
  e.article_id AS earlier_article_id, e.relation, e.containment
FROM core.story_article AS s
JOIN report.article AS v USING (article_id)
LEFT JOIN LATERAL (
  SELECT
    o.article_id, l.containment,
    CASE
      WHEN o.first_published_on = v.first_published_on THEN l.relation
      WHEN o.outlets && v.outlets THEN 'update'
      WHEN l.relation = 'abridged' AND v.n_words > o.n_words THEN 'extended'
      ELSE l.relation
    END AS relation
  FROM (
    SELECT other_article_id AS article_id, containment, relation FROM core.story_link WHERE article_id = v.article_id
    UNION ALL
    SELECT article_id, containment, relation FROM core.story_link WHERE other_article_id = v.article_id
  ) AS l
  JOIN report.article AS o USING (article_id)
  WHERE o.first_published_on < v.first_published_on
    OR o.first_published_on = v.first_published_on AND l.relation = 'abridged' AND o.n_words > v.n_words
  ORDER BY o.first_published_on < v.first_published_on DESC, o.first_published_on DESC, l.containment DESC, o.article_id
  LIMIT 1
) AS e ON true
WHERE EXISTS (SELECT FROM core.story_article AS o WHERE o.story_id = s.story_id AND o.article_id <> s.article_id);
COMMENT ON VIEW report.story_version IS
  'One row per text of a story that has several: when it was first published, and which earlier text it goes back to.';
COMMENT ON COLUMN report.story_version.version_no IS
  'Place by day of publication; texts of one day share it, a text without a day has none.';
COMMENT ON COLUMN report.story_version.earlier_article_id IS
  'Of the texts it is linked to, the last one published on a day before; else, of a much shorter text, the longer one of the same day. None for
the first, for undated ones, and where two of one day differ little: which came first, no page says.';
COMMENT ON COLUMN report.story_version.relation IS
  'What it is of the earlier text: an update where one outlet published both, abridged, extended (much longer), else reprint or update.';
COMMENT ON COLUMN report.story_version.containment IS
  'Share of the shorter text''s word shingles that stand in the longer one, 0 to 1.';
COMMENT ON COLUMN report.story_version.article_id IS 'The text.';
