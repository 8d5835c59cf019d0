-- How often were two named together, day by day?
SELECT published_on, n_articles, n_sentences
FROM report.companion_day('كازاخستان', 'مصر');
