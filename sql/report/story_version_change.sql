-- What a text of a story changed against the earlier one, sentence by sentence. Sentences are the same if their letters
-- and digits are: marks, vowel signs and spacing do not count.
CREATE VIEW report.story_version_change AS
SELECT v.story_id, v.article_id, v.earlier_article_id, c.change, c.sentence_no, c.sentence
FROM report.story_version AS v
CROSS JOIN LATERAL (
  SELECT
    CASE WHEN bool_or(article_id = v.article_id) THEN 'added' ELSE 'removed' END AS change,
    min(sentence_no) AS sentence_no, min(sentence) AS sentence
  FROM (
    SELECT
      article_id, s.sentence_no, substr(t.body, s.start_offset + 1, s.end_offset - s.start_offset) AS sentence
    FROM core.sentence AS s
    JOIN core.article AS t USING (article_id)
    WHERE s.article_id IN (v.article_id, v.earlier_article_id)
  ) AS said
  GROUP BY regexp_replace(regexp_replace(sentence, '[\u0640\u064b-\u065f\u0670]', '', 'g'), '[^[:alnum:]]+', ' ', 'g')
  HAVING count(DISTINCT article_id) = 1
) AS c
WHERE v.earlier_article_id IS NOT NULL;
COMMENT ON VIEW report.story_version_change IS
  'One row per sentence that a text of a story has and the earlier one has not, or the other way round.';
COMMENT ON COLUMN report.story_version_change.change IS 'added: only in the later text; removed: only in the earlier one.';
COMMENT ON COLUMN report.story_version_change.sentence_no IS 'Place in the text that has it.';
COMMENT ON COLUMN report.story_version_change.article_id IS 'The later text.';
COMMENT ON COLUMN report.story_version_change.sentence IS 'The sentence, as it is written there.';
