-- How surprising a count is against windows that differ among themselves.
CREATE FUNCTION report.trend_score(
  n double precision, of double precision, usual double precision, usual_of double precision, square double precision,
  windows bigint
)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
-- Counts that always jump are no news: where the windows differ by more than Poisson's law allows (Pearson's statistic over
-- its degrees of freedom, never below 1), the surprise is divided by as much.
SELECT CASE WHEN windows > 1 THEN report.surprise(n, of, usual, usual_of) / sqrt(greatest(1,
  CASE WHEN usual > 0 THEN (square * usual_of / usual - usual) / (windows - 1) ELSE 1 END
)) END
$$;
COMMENT ON FUNCTION report.trend_score IS
  'report.surprise over the root of the dispersion of the baseline: n out of `of` against usual out of usual_of in so many windows; square is
the sum over the windows of their squared counts, each over what it was out of. NULL below two windows.';
