-- Articles that name an entity.
CREATE VIEW report.entity_article AS
SELECT x.entity_id, e.entity_key, e.name AS entity, x.article_id, x.published_on, t.headline, x.n_mentions,
  x.is_story_first, d.story_id, d.n_appearances
FROM core.entity_article AS x
JOIN core.entity AS e USING (entity_id)
JOIN core.article AS t USING (article_id)
JOIN core.article_day AS d USING (article_id);
COMMENT ON VIEW report.entity_article IS 'One row per entity and text that names it.';
COMMENT ON COLUMN report.entity_article.published_on IS 'First day the text was published; NULL if no page dates it to a day.';
COMMENT ON COLUMN report.entity_article.is_story_first IS 'Whether it is the first text of its story that names the entity.';
COMMENT ON COLUMN report.entity_article.entity_id IS 'The entity.';
COMMENT ON COLUMN report.entity_article.entity IS 'Name to show.';
COMMENT ON COLUMN report.entity_article.article_id IS 'The article.';
