-- The words of a text and where they stand.
CREATE FUNCTION report.search_words(body text)
RETURNS TABLE (word_no integer, word text, start_offset integer, end_offset integer)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT w.word_no::integer, w.found[2], (w.past - length(w.found[2]))::integer, w.past::integer
FROM (
  SELECT m.found, m.word_no, sum(length(m.found[1]) + length(m.found[2])) OVER (ORDER BY m.word_no) AS past
  FROM regexp_matches(body, '([^{{word_letters}}]*)({{word}})', 'g') WITH ORDINALITY AS m (found, word_no)
) AS w
$$;
COMMENT ON FUNCTION report.search_words IS
  'Words of a text as the search counts them, from 1, with offsets: substr(body, start_offset + 1, end_offset - start_offset).';
