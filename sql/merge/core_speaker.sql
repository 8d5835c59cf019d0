-- Speakers of the quotations of the articles in stage_annotation.
WITH gone AS (
  DELETE FROM core.speaker AS t
  USING stage_annotation AS p
  WHERE t.article_id = p.article_id
    AND NOT EXISTS (SELECT FROM stage_speaker AS s WHERE s.article_id = t.article_id AND s.quotation_no = t.quotation_no)
)
INSERT INTO core.speaker AS t (article_id, quotation_no, sense_id, name, rule, score, recogniser_version, run_id)
SELECT DISTINCT ON (article_id, quotation_no) article_id, quotation_no, sense_id, name, rule, score,
  recogniser_version, run_id
FROM stage_speaker
ORDER BY article_id, quotation_no
ON CONFLICT (article_id, quotation_no) DO UPDATE SET
  sense_id = excluded.sense_id,
  name = excluded.name,
  rule = excluded.rule,
  score = excluded.score,
  recogniser_version = excluded.recogniser_version,
  run_id = excluded.run_id
WHERE (t.sense_id, t.name, t.rule, t.score, t.recogniser_version)
  IS DISTINCT FROM (excluded.sense_id, excluded.name, excluded.rule, excluded.score, excluded.recogniser_version)
