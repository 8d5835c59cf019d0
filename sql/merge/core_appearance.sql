-- Appearances on the pages in stage_page.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (page_id, appearance_no) page_id, appearance_no, article_id, role, headline, kicker,
    outlet_id, outlet_name, agency, place, byline, published_on, published_precision, published_calendar,
    published_evidence, tags, body_map, confidence, doubts, reader_version, run_id
  FROM stage_appearance
  ORDER BY page_id, appearance_no
), gone AS (
  DELETE FROM core.appearance AS t
  USING stage_page AS p
  WHERE t.page_id = p.page_id
    AND NOT EXISTS (SELECT FROM stage_appearance AS s WHERE s.page_id = t.page_id AND s.appearance_no = t.appearance_no)
), known AS MATERIALIZED (
  SELECT page_id, appearance_no FROM staged AS s WHERE EXISTS (SELECT FROM core.appearance AS t WHERE (t.page_id, t.appearance_no) = (s.page_id, s.appearance_no))
), changed AS (
  UPDATE core.appearance AS t
  SET article_id = s.article_id, role = s.role, headline = s.headline, kicker = s.kicker, outlet_id = s.outlet_id,
    outlet_name = s.outlet_name, agency = s.agency, place = s.place, byline = s.byline, published_on = s.published_on,
    published_precision = s.published_precision, published_calendar = s.published_calendar,
    published_evidence = s.published_evidence, tags = s.tags, body_map = s.body_map, confidence = s.confidence,
    doubts = s.doubts, reader_version = s.reader_version, run_id = s.run_id
  FROM staged AS s JOIN known USING (page_id, appearance_no)
  WHERE (t.page_id, t.appearance_no) = (s.page_id, s.appearance_no)
    AND (t.article_id, t.role, t.headline, t.kicker, t.outlet_id, t.outlet_name, t.agency, t.place, t.byline,
      t.published_on, t.published_precision, t.published_calendar, t.published_evidence, t.tags, t.body_map,
      t.confidence, t.doubts, t.reader_version)
      IS DISTINCT FROM (s.article_id, s.role, s.headline, s.kicker, s.outlet_id, s.outlet_name, s.agency, s.place,
        s.byline, s.published_on, s.published_precision, s.published_calendar, s.published_evidence, s.tags,
        s.body_map, s.confidence, s.doubts, s.reader_version)
)
INSERT INTO core.appearance (page_id, appearance_no, article_id, role, headline, kicker, outlet_id, outlet_name,
  agency, place, byline, published_on, published_precision, published_calendar, published_evidence, tags, body_map,
  confidence, doubts, reader_version, run_id)
SELECT page_id, appearance_no, article_id, role, headline, kicker, outlet_id, outlet_name, agency, place, byline,
  published_on, published_precision, published_calendar, published_evidence, tags, body_map, confidence, doubts,
  reader_version, run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM known AS k WHERE (k.page_id, k.appearance_no) = (s.page_id, s.appearance_no))
ORDER BY page_id, appearance_no
