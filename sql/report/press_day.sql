-- How much was published by day.
CREATE VIEW report.press_day AS
SELECT published_on, n_articles, n_stories, n_appearances FROM core.press_day;
COMMENT ON VIEW report.press_day IS
  'All that was published by day: by text, by story, by appearance. published_on is NULL for what is not dated to a day.';
COMMENT ON COLUMN report.press_day.n_articles IS 'Texts, each once, on the first day it was published.';
COMMENT ON COLUMN report.press_day.n_stories IS 'Stories, each once, on the day of their first text.';
COMMENT ON COLUMN report.press_day.n_appearances IS 'Appearances at outlets, each on its own day.';
