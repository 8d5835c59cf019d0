-- What a person writes into a search field, as a tsquery: every text is one, none is an error.
--
-- Words stand for their keys; side by side, or with AND or a و by itself between them, they must all occur. "…" and «…» are phrases, and so are words that a sign
-- glues together (كوفيد-19). OR, أو and | choose, NOT, ! and a minus before a word exclude, (…) group, and * behind at
-- least three letters takes every ending. What is left open is closed at the end.
CREATE FUNCTION report.search_parse(query text, OUT tokens tsquery, OUT exact text[], OUT prefixes text[])
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  piece text[];
  phrase record;
  operand tsquery;
  quoted text;                              -- what has been read since a quotation mark; none outside
  depth integer := 1;                       -- of brackets; by depth:
  any_of tsquery[] := ARRAY[NULL::tsquery]; -- the alternatives read so far,
  all_of tsquery[] := ARRAY[NULL::tsquery]; -- what the one being read asks for,
  is_minus boolean[] := ARRAY[false];       -- whether the next thing is excluded,
  is_wanted boolean[] := ARRAY[true];       -- and whether what stands here is looked for
BEGIN
  exact := '{}';
  prefixes := '{}';
  FOR piece IN
    SELECT m FROM regexp_matches(
      left(query, {{longest_query}}),
      '((?:{{word}})\*?(?:[^{{word_letters}}\s"“”„«»()|*]*(?:{{word}})\*?)*)'
      || '|(["“”„«»])|([-!])(?=[{{word_letters}}"“”„«»(])|([()|])',
      'g'
    ) AS m
    UNION ALL
    -- The end closes what is open: a quotation, then the brackets.
    SELECT ARRAY[NULL, 'end', NULL, NULL]
    UNION ALL
    SELECT ARRAY[NULL, NULL, NULL, ')'] FROM generate_series(2, {{deepest_query}})
  LOOP
    CONTINUE WHEN piece[2] = 'end' AND quoted IS NULL;
    operand := NULL;
    IF piece[2] IS NOT NULL OR piece[1] IS NOT NULL AND quoted IS NULL THEN
      IF piece[1] IS NULL AND quoted IS NULL THEN
        quoted := '';
        CONTINUE;
      END IF;
      phrase := report.search_phrase(coalesce(quoted, piece[1]));
      IF quoted IS NULL AND report.search_fold(piece[1]) IN ('or', 'او') THEN
        piece[4] := '|';
      ELSIF quoted IS NULL AND report.search_fold(piece[1]) = 'not' THEN
        piece[3] := '-';
      ELSIF phrase.tokens IS NOT NULL AND (quoted IS NOT NULL OR report.search_fold(piece[1]) NOT IN ('and', 'و')) THEN
        operand := phrase.tokens;
        IF is_minus[depth] <> is_wanted[depth] THEN
          exact := exact || phrase.exact;
          prefixes := prefixes || phrase.prefixes;
        END IF;
      END IF;
      quoted := NULL;
    ELSIF quoted IS NOT NULL THEN
      quoted := quoted || ' ' || coalesce(piece[1], '');
      CONTINUE;
    END IF;

    IF piece[3] IS NOT NULL THEN
      is_minus[depth] := NOT is_minus[depth];
    ELSIF piece[4] = '|' THEN
      any_of[depth] := coalesce(any_of[depth] || all_of[depth], any_of[depth], all_of[depth]);
      all_of[depth] := NULL;
      is_minus[depth] := false;
    ELSIF piece[4] = '(' AND depth < {{deepest_query}} THEN
      depth := depth + 1;
      any_of[depth] := NULL;
      all_of[depth] := NULL;
      is_minus[depth] := false;
      is_wanted[depth] := is_minus[depth - 1] <> is_wanted[depth - 1];
    ELSIF piece[4] = ')' AND depth > 1 THEN
      operand := coalesce(any_of[depth] || all_of[depth], any_of[depth], all_of[depth]);
      depth := depth - 1;
      is_minus[depth] := is_minus[depth] AND operand IS NOT NULL;
    END IF;
    IF operand IS NOT NULL THEN
      operand := CASE WHEN is_minus[depth] THEN !! operand ELSE operand END;
      all_of[depth] := coalesce(all_of[depth] && operand, operand);
      is_minus[depth] := false;
    END IF;
  END LOOP;
  tokens := coalesce(any_of[1] || all_of[1], any_of[1], all_of[1]);
  -- Apart, because Postgres gives a notice whenever it meets an empty query.
  IF tokens IS NULL THEN
    tokens := ''::tsquery;
  END IF;
END $$;
COMMENT ON FUNCTION report.search_parse IS
  'What a person searches for, as a tsquery over core.article_search.tokens, with the keys and prefixes it looks for. Words,
"phrases", OR أو |, NOT -, (groups), prefixes*. Never raises.';
