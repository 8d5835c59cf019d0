-- Speakers of the quotations of the articles in stage_annotation.
WITH staged AS MATERIALIZED (
  SELECT DISTINCT ON (article_id, quotation_no) article_id, quotation_no, sense_id, name, rule, score, recogniser_version,
    run_id
  FROM stage_speaker
  ORDER BY article_id, quotation_no
), gone AS (
  DELETE FROM core.speaker AS t
  USING stage_annotation AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_speaker AS s WHERE s.article_id = t.article_id AND s.quotation_no = t.quotation_no)
)
INSERT INTO core.speaker (article_id, quotation_no, sense_id, name, rule, score, recogniser_version, run_id)
SELECT article_id, quotation_no, sense_id, name, rule, score, recogniser_version, run_id
FROM staged AS s
WHERE NOT EXISTS (
  SELECT FROM core.speaker AS t
  WHERE (t.article_id, t.quotation_no) = (s.article_id, s.quotation_no)
    AND (t.sense_id, t.name, t.rule, t.score, t.recogniser_version)
      IS NOT DISTINCT FROM (s.sense_id, s.name, s.rule, s.score, s.recogniser_version)
)
ORDER BY article_id, quotation_no
ON CONFLICT (article_id, quotation_no) DO UPDATE SET
  sense_id = excluded.sense_id,
  name = excluded.name,
  rule = excluded.rule,
  score = excluded.score,
  recogniser_version = excluded.recogniser_version,
  run_id = excluded.run_id
