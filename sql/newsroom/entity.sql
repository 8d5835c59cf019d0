SELECT entity_id, entity_key, entity_type, name, is_curated, kind, country, wikidata_id, geonames_id, latitude, longitude,
  n_mentions, n_articles, n_stories, n_appearances, n_undated, first_published_on, last_published_on
FROM report.entity
WHERE entity_id = CAST(:entity_id AS uuid)
