-- Who published an article. Postgres puts it into the query that asks: what is not asked for costs nothing.
CREATE FUNCTION report.article_publisher(article uuid, day date DEFAULT NULL)
RETURNS TABLE (outlet text, outlets text[]) LANGUAGE sql STABLE AS $$
SELECT min(coalesce(o.name, p.outlet)), array_agg(DISTINCT coalesce(o.name, p.outlet)) FILTER (WHERE p.outlet IS NOT NULL)
FROM core.publication AS p
LEFT JOIN core.outlet AS o ON o.outlet_id = p.outlet
WHERE p.article_id = article AND (day IS NULL OR p.published_on = day)
$$;
COMMENT ON FUNCTION report.article_publisher IS
  'One row: the outlets that published an article (on a day, where one is given), and the first of their names; none where no page says.';
