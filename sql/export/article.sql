-- Articles, each once, on the first day that a page dates it to.
SELECT t.article_id, d.published_on, t.headline, t.body, t.n_words, d.story_id, d.is_story_first, d.n_appearances,
  ARRAY(
    SELECT DISTINCT coalesce(a.outlet_id, a.outlet_name) AS outlet FROM core.appearance AS a
    WHERE a.article_id = t.article_id AND coalesce(a.outlet_id, a.outlet_name) IS NOT NULL ORDER BY outlet
  ) AS outlets,
  t.reader_version, n.recogniser_version
FROM core.article_day AS d
JOIN core.article AS t USING (article_id)
LEFT JOIN core.annotation AS n USING (article_id)
WHERE {d.published_on}
ORDER BY t.article_id
