-- The complementary error function, as a Chebyshev fit.
CREATE FUNCTION report.erfc_fit(t double precision, square double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT t * exp(-square - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
  + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))))
$$;
COMMENT ON FUNCTION report.erfc_fit IS
  'erfc(x) for x >= 0, of t = 1 / (1 + x / 2) and square = x²: relative error below 1.2e-7 (Press et al., Numerical Recipes, 6.2).';
