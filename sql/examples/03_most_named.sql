-- Who and what is named in most articles, and under which spellings?
SELECT entity_type, name, n_articles, names
FROM report.entity
ORDER BY n_articles DESC, name
LIMIT 10;
