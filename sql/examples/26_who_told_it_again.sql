-- Who told a story again after whom, and how: reprinted, abridged, extended, updated?
SELECT e.headline AS earlier, v.outlets, v.first_published_on, v.relation, round(v.containment::numeric, 2) AS containment, v.headline
FROM report.story_version AS v
JOIN report.article AS e ON e.article_id = v.earlier_article_id
ORDER BY v.first_published_on DESC, v.article_id
LIMIT 10;
