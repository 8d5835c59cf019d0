-- Who and what is named more than usual on a day, beyond chance.
SELECT entity_id, entity, entity_type, n, expected
FROM report.entity_rising(CAST(:day AS date), CAST(:day AS date), 10)
