-- Where an article stands: earliest first.
SELECT page_id, appearance_no, role, headline, kicker, outlet, outlet_kind, agency, place, byline, published_on,
  published_precision, published_calendar, published_evidence, tags, confidence, doubts, uri, member, landed_at
FROM report.page_appearance
WHERE article_id = CAST(:article_id AS uuid)
ORDER BY published_on NULLS LAST, landed_at, page_id, appearance_no
LIMIT 50
