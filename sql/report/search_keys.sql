-- The keys under which a word is found: its readings without proclitics and article (rasd.arabic.search.keys).
CREATE FUNCTION report.search_keys(word text) RETURNS text[] LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  folded text := report.search_fold(word);
  readings text[] := ARRAY[folded];
  stems text[] := ARRAY[folded];
  stem text;
  swallowed text;
  whole text[];
BEGIN
  IF folded = '' THEN
    RETURN '{}';
  END IF;
  -- All that may be asked for in the list of whole words, asked at once.
  SELECT coalesce(array_agg(w.word), '{}') INTO whole
  FROM core.search_whole_word AS w
  WHERE w.word IN (folded, substr(folded, 2), substr(folded, 3), 'ا' || substr(folded, 2), 'ا' || substr(folded, 3),
    'ال' || substr(folded, 2), 'ال' || substr(folded, 3));
  IF folded ~ '^[{{conjunctions}}{{prepositions}}{{future}}]' AND folded <> ALL (whole) THEN
    IF folded ~ '^[{{conjunctions}}]' AND length(folded) > {{least_stem}} THEN
      readings := readings || substr(folded, 2);
      stems := stems || substr(folded, 2);
    END IF;
    FOREACH stem IN ARRAY stems LOOP
      CONTINUE WHEN stem = ANY (whole);
      swallowed := CASE WHEN stem LIKE 'لل%' THEN 'ال' || substr(stem, 2) ELSE '' END;
      IF length(stem) <= {{least_stem}} THEN
        IF swallowed = ANY (whole) THEN
          readings := readings || swallowed;
        END IF;
        CONTINUE;
      END IF;
      IF swallowed <> '' THEN
        readings := readings || ARRAY['ا' || substr(stem, 2), swallowed];
      END IF;
      IF stem ~ '^[{{prepositions}}]' OR length(stem) > {{least_stem}} + 1 AND stem ~ '^{{future}}[{{imperfect}}]' THEN
        readings := readings || substr(stem, 2);
      END IF;
    END LOOP;
    IF EXISTS (SELECT FROM unnest(readings[2:]) AS r WHERE r LIKE 'ال%' AND length(r) > {{least_stem}}) THEN
      SELECT array_agg(r ORDER BY n) INTO readings
      FROM unnest(readings[2:]) WITH ORDINALITY AS u (r, n)
      WHERE r LIKE 'ال%' AND length(r) > {{least_stem}} OR r = ANY (whole);
    END IF;
  END IF;
  RETURN ARRAY(
    SELECT bare FROM (
      SELECT CASE WHEN r LIKE 'ال%' AND length(r) > {{least_stem}} AND r <> ALL (whole) THEN substr(r, 3) ELSE r END, n
      FROM unnest(readings) WITH ORDINALITY AS u (r, n)
    ) AS b (bare, n)
    GROUP BY bare ORDER BY min(n)
  );
END $$;
COMMENT ON FUNCTION report.search_keys IS
  'Keys under which a word is indexed and found: folded, without proclitics and article; several where it can be read in several ways.';
