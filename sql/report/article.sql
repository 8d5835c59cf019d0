-- Articles, each once.
CREATE VIEW report.article AS
SELECT
  t.article_id, t.headline, t.body, t.n_words,
  s.n_appearances, s.n_main, s.first_published_on, s.outlets,
  coalesce(n.n_mentions, 0) AS n_mentions, t.reader_version, n.recogniser_version
FROM core.article AS t
LEFT JOIN core.annotation AS n USING (article_id)
CROSS JOIN LATERAL (
  SELECT
    count(*) AS n_appearances,
    count(*) FILTER (WHERE a.role = 'main') AS n_main,
    min(a.published_on) FILTER (WHERE a.published_precision = 'day') AS first_published_on,
    array_agg(DISTINCT coalesce(o.name, a.outlet_name)) FILTER (WHERE coalesce(o.name, a.outlet_name) IS NOT NULL)
      AS outlets
  FROM core.appearance AS a
  LEFT JOIN core.outlet AS o USING (outlet_id)
  WHERE a.article_id = t.article_id
) AS s;
COMMENT ON VIEW report.article IS 'One row per distinct text: on how many pages it stands, who published it, since when.';
COMMENT ON COLUMN report.article.n_main IS 'Appearances as the main article of a page, rather than as a related one.';
COMMENT ON COLUMN report.article.first_published_on IS 'Earliest day printed beside it; none if no page dates it to a day.';
COMMENT ON COLUMN report.article.article_id IS 'The article.';
COMMENT ON COLUMN report.article.n_appearances IS 'Pages on which it stands.';
COMMENT ON COLUMN report.article.outlets IS 'Who published it.';
