-- A word's folded letters and digits.
CREATE FUNCTION report.search_fold(word text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
SELECT left(coalesce(string_agg(coalesce(f.folded, c.letter), '' ORDER BY c.place), ''), {{longest_key}})
FROM string_to_table(word, NULL) WITH ORDINALITY AS c (letter, place)
LEFT JOIN core.search_letter AS f USING (letter)
$$;
COMMENT ON FUNCTION report.search_fold IS 'A word without marks, its letters folded as the search folds them: أ as ا, ة as ه, ی as ي.';
