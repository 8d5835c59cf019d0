-- Words that follow each other, as a tsquery and as the keys to look for in a text.
CREATE FUNCTION report.search_phrase(run text, OUT tokens tsquery, OUT exact text[], OUT prefixes text[])
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  found text[];
  keys text[];
  is_prefix boolean;
  leaf tsquery;
BEGIN
  exact := '{}';
  prefixes := '{}';
  FOR found IN SELECT m FROM regexp_matches(run, '({{word}})(\*?)', 'g') AS m LOOP
    keys := report.search_keys(found[1]);
    CONTINUE WHEN keys = '{}';
    is_prefix := found[2] = '*' AND length(report.search_fold(found[1])) >= {{least_stem}};
    IF is_prefix THEN
      -- What begins like this may go on to be any word: of its readings only the article is certain.
      keys := ARRAY[regexp_replace(report.search_fold(found[1]), '^ال(?=..)', '')];
      prefixes := prefixes || keys;
    ELSE
      exact := exact || keys;
    END IF;
    leaf := (SELECT string_agg(quote_literal(k) || CASE WHEN is_prefix THEN ':*' ELSE '' END, ' | ') FROM unnest(keys) AS k);
    tokens := coalesce(tokens <-> leaf, leaf);
  END LOOP;
END $$;
COMMENT ON FUNCTION report.search_phrase IS 'Words that follow each other, as report.search_parse reads them.';
