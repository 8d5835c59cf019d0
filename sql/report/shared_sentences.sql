-- How many sentences two lists have in common.
CREATE FUNCTION report.shared_sentences(one integer[], other integer[]) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT count(*)::integer FROM unnest(one) AS a WHERE a = ANY (other)
$$;
COMMENT ON FUNCTION report.shared_sentences IS 'How many sentence numbers two lists have in common.';
