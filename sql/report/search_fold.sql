-- A word's folded letters and digits.
CREATE FUNCTION report.search_fold(word text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
-- Letter by letter: a join would rather read the whole table than look up the few that a word has.
SELECT left(coalesce(string_agg(
  coalesce((SELECT f.folded FROM core.search_letter AS f WHERE f.letter = c.letter), c.letter), '' ORDER BY c.place
), ''), {{longest_key}})
FROM string_to_table(regexp_replace(word, '{{seat}}', 'ؤ', 'g'), NULL) WITH ORDINALITY AS c (letter, place)
$$;
COMMENT ON FUNCTION report.search_fold IS 'A word without marks, its letters folded as the search folds them: أ as ا, ة as ه, ی as ي.';
