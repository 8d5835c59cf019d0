-- What a watch of words searches for.
CREATE FUNCTION report.watch_query(kind text, subject text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE kind WHEN 'phrase' THEN '"' || translate(subject, '"“”„«»', '') || '"' ELSE subject END
$$;
COMMENT ON FUNCTION report.watch_query IS 'The search that a watch stands for: a phrase is one between quotation marks.';
