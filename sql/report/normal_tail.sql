-- How likely a score is by chance.
CREATE FUNCTION report.normal_tail(score double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT CASE WHEN abs(score) > 35 THEN 0 ELSE
  least(1, t * exp(-score * score / 2 - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
    + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))))))
END
FROM (VALUES (1 / (1 + abs(score) / sqrt(2.0::double precision) / 2))) AS a (t)
$$;
COMMENT ON FUNCTION report.normal_tail IS
  'Chance that a standard normal variable lies at least so far from 0, either side. Chebyshev fit of erfc, relative error below
1.2e-7 (Press et al., Numerical Recipes, 6.2).';
