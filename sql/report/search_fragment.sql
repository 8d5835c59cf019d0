-- The part of a text in which most of what was searched for stands, with the places of the hits.
CREATE FUNCTION report.search_fragment(
  body text, tokens tsvector, exact text[], prefixes text[], n_words integer DEFAULT 30,
  OUT fragment text, OUT fragment_start integer, OUT match_starts integer[], OUT match_ends integer[]
) LANGUAGE sql STABLE PARALLEL SAFE AS $$
WITH hit AS MATERIALIZED (
  SELECT DISTINCT position - {{body_at}} + 1 AS word_no
  FROM unnest(tokens) AS t (lexeme, positions, weights), unnest(t.positions) AS position
  WHERE position >= {{body_at}}
    AND (t.lexeme = ANY (exact) OR EXISTS (SELECT FROM unnest(prefixes) AS p WHERE starts_with(t.lexeme, p)))
), best AS (
  -- A few words before the densest stretch, so that it does not begin in the middle of a thought.
  SELECT greatest(coalesce((
    SELECT h.word_no FROM hit AS h
    ORDER BY (SELECT count(*) FROM hit AS o WHERE o.word_no BETWEEN h.word_no AND h.word_no + n_words * 3 / 4) DESC, h.word_no
    LIMIT 1
  ), 1) - n_words / 6, 1) AS first
), word AS MATERIALIZED (
  SELECT w.word_no, w.start_offset, w.end_offset
  FROM best, report.search_words(body) AS w
  WHERE w.word_no >= best.first AND w.word_no < best.first + n_words
)
SELECT substr(body, min(w.start_offset) + 1, max(w.end_offset) - min(w.start_offset)), min(w.start_offset),
  coalesce(array_agg(w.start_offset ORDER BY w.word_no) FILTER (WHERE h.word_no IS NOT NULL), '{}'),
  coalesce(array_agg(w.end_offset ORDER BY w.word_no) FILTER (WHERE h.word_no IS NOT NULL), '{}')
FROM word AS w
LEFT JOIN hit AS h USING (word_no)
$$;
COMMENT ON FUNCTION report.search_fragment IS
  'A stretch of the body as it is written, its offset, and the offsets of the hits in it; all count in core.article.body.';
