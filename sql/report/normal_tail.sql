-- How likely a score is by chance. An expression without a FROM, so that Postgres puts it into the query that asks it of
-- thousands of rows.
CREATE FUNCTION report.normal_tail(score double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
  WHEN abs(score) <= 35 THEN least(1, report.erfc_fit(1 / (1 + abs(score) / sqrt(8.0::double precision)), score * score / 2))
  WHEN score IS NOT NULL THEN 0
END
$$;
COMMENT ON FUNCTION report.normal_tail IS
  'Chance that a standard normal variable lies at least so far from 0, either side.';
