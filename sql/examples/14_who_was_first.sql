-- Which stories were told again most, and who published them first? More than one name: several did on that day.
SELECT headline, first_published_on, first_outlets, n_outlets, n_articles, n_appearances, n_undated
FROM report.story_told('2024-05-01', '2024-06-30');
