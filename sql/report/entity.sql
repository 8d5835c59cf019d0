-- What is known of an entity that published articles name. Its counts come first: whoever wants the most named reads those,
-- and no other.
CREATE VIEW report.entity AS
SELECT
  e.entity_id, e.entity_key, e.entity_type, e.name, e.is_curated, e.kind, e.country, e.wikidata_id, e.geonames_id,
  e.latitude, e.longitude, t.n_mentions, t.n_articles, t.n_stories, t.n_appearances, t.n_undated,
  (SELECT min(d.published_on) FROM core.entity_day AS d WHERE d.entity_id = e.entity_id) AS first_published_on,
  (SELECT max(d.published_on) FROM core.entity_day AS d WHERE d.entity_id = e.entity_id) AS last_published_on,
  (SELECT array_agg(n.name ORDER BY n.name COLLATE "C") FROM core.entity_name AS n WHERE n.entity_id = e.entity_id) AS names
FROM core.entity_total AS t
JOIN core.entity AS e USING (entity_id);
COMMENT ON VIEW report.entity IS 'One row per entity that published articles name: its spellings, what the reference data knows of it, and in how many texts it is named.';
COMMENT ON COLUMN report.entity.n_articles IS 'Texts that name it.';
COMMENT ON COLUMN report.entity.n_stories IS 'Stories that name it, each once.';
COMMENT ON COLUMN report.entity.n_appearances IS 'Appearances of texts that name it, at all outlets.';
COMMENT ON COLUMN report.entity.n_undated IS 'Of the texts, those without a day: no count by day holds them.';
COMMENT ON COLUMN report.entity.first_published_on IS 'First day on which a text that names it appeared.';
COMMENT ON COLUMN report.entity.last_published_on IS 'Last day on which a text that names it appeared.';
COMMENT ON COLUMN report.entity.names IS 'Its spellings.';
COMMENT ON COLUMN report.entity.entity_id IS 'The entity.';
COMMENT ON COLUMN report.entity.name IS 'Name to show.';
