-- Appearances on the pages in stage_page.
WITH gone AS (
  DELETE FROM core.appearance AS t
  USING stage_page AS p
  WHERE t.page_id = p.page_id
    AND NOT EXISTS (SELECT FROM stage_appearance AS s WHERE s.page_id = t.page_id AND s.appearance_no = t.appearance_no)
)
INSERT INTO core.appearance AS t (page_id, appearance_no, article_id, role, headline, kicker, outlet_id,
  outlet_name, agency, place, byline, published_on, published_precision, published_calendar, published_evidence,
  tags, body_map, confidence, doubts, reader_version, run_id)
SELECT DISTINCT ON (page_id, appearance_no) page_id, appearance_no, article_id, role, headline, kicker,
  outlet_id, outlet_name, agency, place, byline, published_on, published_precision, published_calendar,
  published_evidence, tags, body_map, confidence, doubts, reader_version, run_id
FROM stage_appearance
ORDER BY page_id, appearance_no
ON CONFLICT (page_id, appearance_no) DO UPDATE SET
  article_id = excluded.article_id,
  role = excluded.role,
  headline = excluded.headline,
  kicker = excluded.kicker,
  outlet_id = excluded.outlet_id,
  outlet_name = excluded.outlet_name,
  agency = excluded.agency,
  place = excluded.place,
  byline = excluded.byline,
  published_on = excluded.published_on,
  published_precision = excluded.published_precision,
  published_calendar = excluded.published_calendar,
  published_evidence = excluded.published_evidence,
  tags = excluded.tags,
  body_map = excluded.body_map,
  confidence = excluded.confidence,
  doubts = excluded.doubts,
  reader_version = excluded.reader_version,
  run_id = excluded.run_id
WHERE (t.article_id, t.role, t.headline, t.kicker, t.outlet_id, t.outlet_name, t.agency, t.place, t.byline,
  t.published_on, t.published_precision, t.published_calendar, t.published_evidence, t.tags, t.body_map,
  t.confidence, t.doubts, t.reader_version)
  IS DISTINCT FROM (excluded.article_id, excluded.role, excluded.headline, excluded.kicker, excluded.outlet_id,
    excluded.outlet_name, excluded.agency, excluded.place, excluded.byline, excluded.published_on,
    excluded.published_precision, excluded.published_calendar, excluded.published_evidence, excluded.tags,
    excluded.body_map, excluded.confidence, excluded.doubts, excluded.reader_version)
