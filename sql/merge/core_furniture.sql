-- Lines of a new version of the furniture. A version is its lines: what is there already is the same.
INSERT INTO core.furniture (furniture_version, outlet, line_key, line, n_texts, of_texts)
SELECT DISTINCT ON (furniture_version, outlet, line_key) furniture_version, outlet, line_key, line, n_texts, of_texts
FROM stage_furniture
ORDER BY furniture_version, outlet, line_key, line
ON CONFLICT DO NOTHING
