SELECT name, rule, score
FROM core.entity_name
WHERE entity_id = CAST(:entity_id AS uuid)
ORDER BY score DESC, name COLLATE "C"
LIMIT 60
