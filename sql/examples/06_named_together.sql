-- Who and what is named together with one entity, more than chance allows?
SELECT companion, entity_type, n_articles, n_sentences, round(pmi::numeric, 2) AS pmi, round(log_likelihood::numeric, 1) AS log_likelihood
FROM report.companion('كازاخستان', '2024-05-01', '2024-06-30')
WHERE pmi > 0
ORDER BY log_likelihood DESC, companion
LIMIT 10;
