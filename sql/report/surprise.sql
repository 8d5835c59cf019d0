-- How surprising a count is.
CREATE FUNCTION report.surprise(n double precision, of double precision, usual double precision, usual_of double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN of > 0 AND usual_of > 0 AND n + usual > 0 THEN
  CASE WHEN n * usual_of < usual * of THEN -1 ELSE 1 END * sqrt(greatest(0, 2 * (
    CASE WHEN n > 0 THEN n * ln(n * (of + usual_of) / (of * (n + usual))) ELSE 0 END
    + CASE WHEN usual > 0 THEN usual * ln(usual * (of + usual_of) / (usual_of * (n + usual))) ELSE 0 END
  )))
END
$$;
COMMENT ON FUNCTION report.surprise IS
  'Signed root of the log-likelihood ratio of two Poisson rates, n out of `of` against usual out of usual_of (Dunning, Accurate
Methods for the Statistics of Surprise and Coincidence, 1993): about standard normal where nothing has changed.';
