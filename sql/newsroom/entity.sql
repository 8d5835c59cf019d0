-- One entity, also one that no published article names: what people decided about it is to be seen and taken back.
SELECT e.entity_id, e.entity_key, e.entity_type, e.name, e.is_curated, e.kind, e.country, e.wikidata_id, e.geonames_id,
  e.latitude, e.longitude, coalesce(r.n_mentions, 0) AS n_mentions, coalesce(r.n_articles, 0) AS n_articles,
  coalesce(r.n_stories, 0) AS n_stories, coalesce(r.n_appearances, 0) AS n_appearances,
  coalesce(r.n_undated, 0) AS n_undated, r.first_published_on, r.last_published_on
FROM core.entity AS e
LEFT JOIN report.entity AS r USING (entity_id)
WHERE e.entity_id = CAST(:entity_id AS uuid)
