-- Entities that the articles of a day name, with how often they do.
SELECT e.entity_id, c.published_on, e.entity_key, e.entity_type, e.name, e.is_curated, e.kind, e.country, e.wikidata_id,
  ARRAY(SELECT n.name FROM core.entity_name AS n WHERE n.entity_id = e.entity_id ORDER BY n.name COLLATE "C") AS names,
  c.n_articles, c.n_mentions
FROM (
  SELECT m.entity_id, d.published_on, count(DISTINCT m.article_id) AS n_articles, count(*) AS n_mentions
  FROM core.article_day AS d
  JOIN core.mention AS m USING (article_id)
  WHERE {d.published_on}
  GROUP BY m.entity_id, d.published_on
) AS c
JOIN core.entity AS e USING (entity_id)
ORDER BY e.entity_id
