-- Who and what is named in the newest seven days more, or less, than usual.
CREATE VIEW report.trend_week AS
SELECT t.* FROM (SELECT max(published_on) AS newest FROM core.press_day) AS d
CROSS JOIN LATERAL report.entity_trend(d.newest - 6, d.newest) AS t;
COMMENT ON VIEW report.trend_week IS
  'report.entity_trend of the newest seven days: n, expected, lift, score, p_value, q_value per entity. Order by score DESC. Columns as in report.trend_today.';
DO $$
DECLARE
  said record;
BEGIN
  FOR said IN
    SELECT a.attname, col_description(a.attrelid, a.attnum) AS meaning FROM pg_attribute AS a
    WHERE a.attrelid = 'report.trend_today'::regclass AND a.attnum > 0
  LOOP
    EXECUTE format('COMMENT ON COLUMN report.trend_week.%I IS %L', said.attname, said.meaning);
  END LOOP;
END $$;
