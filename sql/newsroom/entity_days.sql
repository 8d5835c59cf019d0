-- How often an entity was named, every day of a time, and how much was published.
SELECT day::date AS published_on, coalesce(d.n_articles, 0) AS n_articles, coalesce(p.n_articles, 0) AS n_all
FROM generate_series(CAST(:since AS date), CAST(:until AS date), interval '1 day') AS day
LEFT JOIN core.entity_day AS d ON d.entity_id = CAST(:entity_id AS uuid) AND d.published_on = day::date
LEFT JOIN core.press_day AS p ON p.published_on = day::date
ORDER BY day
LIMIT 800
