-- Entities per day.
CREATE VIEW report.entity_day AS
SELECT e.entity_id, e.entity_key, e.entity_type, e.name AS entity, d.published_on,
  d.n_articles, d.n_stories, d.n_appearances, d.n_mentions
FROM core.entity_day AS d
JOIN core.entity AS e USING (entity_id);
COMMENT ON VIEW report.entity_day IS
  'How much an entity was named by day, counted by text, by story and by appearance. published_on is NULL for what is not dated
to a day.';
COMMENT ON COLUMN report.entity_day.n_articles IS 'Texts that name it, each once, on the first day it was published.';
COMMENT ON COLUMN report.entity_day.n_stories IS 'Stories that name it, each once, on the day of the first of their texts that does.';
COMMENT ON COLUMN report.entity_day.n_appearances IS 'Appearances of those texts at outlets, each on its own day.';
COMMENT ON COLUMN report.entity_day.n_mentions IS 'Mentions in those texts.';
COMMENT ON COLUMN report.entity_day.entity_id IS 'The entity.';
COMMENT ON COLUMN report.entity_day.entity IS 'Name to show.';
COMMENT ON COLUMN report.entity_day.published_on IS 'The day; NULL counts what is not dated to a day.';
