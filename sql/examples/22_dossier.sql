-- What is known of one entity: names, days, places, companions, articles?
SELECT section, place, item, n, note
FROM report.dossier('كازاخستان', '2024-05-01', '2024-06-30', 3);
