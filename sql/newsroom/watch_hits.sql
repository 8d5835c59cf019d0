-- What a watch found, newest first, from a place on.
SELECT article_id, published_on, headline, sentence, surface, n_matches, found_at, told_on, part, sentence_no,
  start_offset, end_offset
FROM report.watch_hit
WHERE watch_id = :watch_id
  AND (CAST(:before AS timestamptz) IS NULL
    OR (found_at, article_id) < (CAST(:before AS timestamptz), CAST(:before_id AS uuid)))
ORDER BY found_at DESC, article_id DESC
LIMIT :n
