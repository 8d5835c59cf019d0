SELECT entity_id, name, entity_type FROM core.entity WHERE entity_id = CAST(:entity_id AS uuid)
