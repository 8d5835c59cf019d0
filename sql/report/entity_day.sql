-- Entities per day.
CREATE VIEW report.entity_day AS
SELECT
  e.entity_id, e.entity_key, e.entity_type, e.name AS entity, d.published_on,
  count(DISTINCT m.article_id) AS n_articles,
  count(*) AS n_mentions
FROM core.mention AS m
JOIN core.entity AS e USING (entity_id)
CROSS JOIN LATERAL (
  SELECT min(a.published_on) AS published_on
  FROM core.appearance AS a
  WHERE a.article_id = m.article_id AND a.published_precision = 'day'
) AS d
GROUP BY e.entity_id, d.published_on;
COMMENT ON VIEW report.entity_day IS
  'Articles and mentions by entity and day. A text counts once, on the first day it was published; published_on is NULL
for texts that no page dates to a day.';
