-- What is known of an entity.
CREATE VIEW report.entity AS
SELECT
  e.entity_id, e.entity_key, e.entity_type, e.name, e.is_curated, e.kind, e.country, e.wikidata_id, e.geonames_id,
  e.latitude, e.longitude, m.n_mentions, m.n_articles,
  (SELECT array_agg(n.name ORDER BY n.name COLLATE "C") FROM core.entity_name AS n WHERE n.entity_id = e.entity_id) AS names
FROM core.entity AS e
CROSS JOIN LATERAL (
  SELECT count(*) AS n_mentions, count(DISTINCT article_id) AS n_articles
  FROM core.mention WHERE entity_id = e.entity_id
) AS m;
COMMENT ON VIEW report.entity IS 'One row per entity: its spellings, what the reference data knows of it, and in how many texts it is named.';
