-- Which stories of some days were told again most.
CREATE FUNCTION report.story_told(since date DEFAULT NULL, until date DEFAULT NULL, most integer DEFAULT 20)
RETURNS SETOF report.story LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  until := coalesce(until, (SELECT max(d.published_on) FROM core.press_day AS d));
  since := coalesce(since, until - 6);
  RETURN QUERY
  SELECT s.*
  FROM (
    SELECT c.story_id, m.n
    FROM (
      SELECT d.story_id
      FROM core.article_day AS d
      JOIN core.article_day AS o ON o.story_id = d.story_id
      WHERE d.is_story_first AND d.published_on BETWEEN since AND until
      GROUP BY d.story_id
      HAVING sum(o.n_appearances) > 1
    ) AS c
    -- To stand below another article is not to be told again.
    CROSS JOIN LATERAL (
      SELECT sum(p.n_main) AS n
      FROM core.article_day AS a
      JOIN core.publication AS p ON p.article_id = a.article_id
      WHERE a.story_id = c.story_id
    ) AS m
    WHERE m.n > 1
    ORDER BY m.n DESC, c.story_id
    LIMIT most
  ) AS t
  CROSS JOIN LATERAL (SELECT * FROM report.story AS r WHERE r.story_id = t.story_id OFFSET 0) AS s  -- 0: story by story
  ORDER BY t.n DESC, s.story_id;
END $$;
COMMENT ON FUNCTION report.story_told IS
  'Rows of report.story: stories first published from since until until (the newest seven days unless told), those that appeared on
most pages first. Stories of which no text has a day are not in it.';
