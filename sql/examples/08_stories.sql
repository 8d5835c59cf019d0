-- Which stories were told in more than one wording, and how close are the wordings?
SELECT one.headline, other.headline AS other_headline, l.relation, round(l.containment::numeric, 2) AS containment
FROM core.story_link AS l
JOIN core.article AS one ON one.article_id = l.article_id
JOIN core.article AS other ON other.article_id = l.other_article_id
ORDER BY l.containment DESC, one.headline
LIMIT 10;
