-- Pages and what appears on them.
CREATE VIEW report.page_appearance AS
SELECT
  a.page_id, a.appearance_no, a.article_id, a.role, a.headline, a.kicker,
  coalesce(o.name, a.outlet_name) AS outlet, o.kind AS outlet_kind, o.country AS outlet_country,
  a.agency, a.place, a.byline, a.published_on, a.published_precision, a.published_calendar, a.published_evidence,
  a.tags, t.n_words, a.confidence, a.doubts, d.uri, d.member, r.landed_at, a.reader_version
FROM core.appearance AS a
JOIN core.article AS t USING (article_id)
JOIN raw.page AS r ON r.page_id = a.page_id
LEFT JOIN core.outlet AS o USING (outlet_id)
CROSS JOIN LATERAL (
  SELECT uri, member FROM raw.delivery WHERE page_id = a.page_id
  ORDER BY uri COLLATE "C", member COLLATE "C" LIMIT 1
) AS d;
COMMENT ON VIEW report.page_appearance IS
  'One row per article on a page: role, headline, outlet, date with its evidence, and the file it came in.';
COMMENT ON COLUMN report.page_appearance.outlet IS 'Name from the reference table, else as printed on the page.';
COMMENT ON COLUMN report.page_appearance.page_id IS 'The page.';
COMMENT ON COLUMN report.page_appearance.article_id IS 'The article that appears there.';
COMMENT ON COLUMN report.page_appearance.outlet_kind IS 'outlet, agency or aggregator; none where the reference table does not know who published.';
COMMENT ON COLUMN report.page_appearance.outlet_country IS 'Seat of the outlet: ISO 3166-1 alpha-2 code, where known.';
