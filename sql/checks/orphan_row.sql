-- Segments, sentences, quotations, mentions and adjectives without their page, article, sense or entity. Triggers forbid them.
-- severity: error, at most: 0
SELECT count(*) AS value, min(orphan) AS example
FROM (
  SELECT 'mention of ' || m.article_id AS orphan
  FROM checked_article
  JOIN core.mention AS m USING (article_id)
  WHERE NOT EXISTS (SELECT FROM core.sense AS p WHERE p.sense_id = m.sense_id)
    OR m.entity_id IS NOT NULL AND NOT EXISTS (SELECT FROM core.entity AS p WHERE p.entity_id = m.entity_id)
  UNION ALL
  SELECT 'adjective of ' || d.article_id
  FROM checked_article
  JOIN core.demonym AS d USING (article_id)
  WHERE NOT EXISTS (SELECT FROM core.sense AS p WHERE p.sense_id = d.sense_id)
  UNION ALL
  -- Whose article or page is gone belongs to nothing that a run can look at: these are looked for when all runs are checked.
  SELECT c.orphan
  FROM (SELECT count(*) AS n FROM checked_run HAVING count(*) = (SELECT count(*) FROM ops.run)) AS runs
  CROSS JOIN LATERAL (
    SELECT 'segment of ' || t.page_id AS orphan FROM core.segment AS t
    WHERE runs.n > 0 AND NOT EXISTS (SELECT FROM core.page AS p WHERE p.page_id = t.page_id)
    UNION ALL
    SELECT 'sentence of ' || t.article_id FROM core.sentence AS t
    WHERE runs.n > 0 AND NOT EXISTS (SELECT FROM core.article AS p WHERE p.article_id = t.article_id)
    UNION ALL
    SELECT 'quotation of ' || t.article_id FROM core.quotation AS t
    WHERE runs.n > 0 AND NOT EXISTS (SELECT FROM core.article AS p WHERE p.article_id = t.article_id)
    UNION ALL
    SELECT 'mention of ' || t.article_id FROM core.mention AS t
    WHERE runs.n > 0 AND NOT EXISTS (SELECT FROM core.article AS p WHERE p.article_id = t.article_id)
    UNION ALL
    SELECT 'adjective of ' || t.article_id FROM core.demonym AS t
    WHERE runs.n > 0 AND NOT EXISTS (SELECT FROM core.article AS p WHERE p.article_id = t.article_id)
  ) AS c
) AS orphans
