-- How an entity is spelled.
CREATE VIEW report.entity_spelling AS
SELECT e.entity_id, e.entity_key, e.name AS entity, n.name AS spelling, n.rule, n.score,
  (SELECT count(*) FROM core.mention AS m WHERE m.entity_id = n.entity_id AND m.spelling = n.name) AS n_mentions
FROM core.entity_name AS n
JOIN core.entity AS e USING (entity_id);
COMMENT ON VIEW report.entity_spelling IS 'The names of an entity met in print, each with the reason it was joined and how often it stands.';
COMMENT ON COLUMN report.entity_spelling.rule IS 'Strongest of the rules that joined this spelling.';
COMMENT ON COLUMN report.entity_spelling.score IS 'How sure that rule is, 0 to 1.';
COMMENT ON COLUMN report.entity_spelling.entity_id IS 'The entity.';
COMMENT ON COLUMN report.entity_spelling.entity IS 'Name to show.';
COMMENT ON COLUMN report.entity_spelling.n_mentions IS 'Mentions spelled so.';
