-- Embedded posts on the pages in stage_page.
WITH known AS MATERIALIZED (
  SELECT page_id FROM stage_page AS p WHERE EXISTS (SELECT FROM core.tweet AS t WHERE t.page_id = p.page_id)
), staged AS MATERIALIZED (
  SELECT DISTINCT ON (page_id, tweet_no) page_id, tweet_no, appearance_no, start_offset, end_offset, author,
    handle, posted_on, url, reader_version, run_id,
    CASE WHEN s.page_id IN (SELECT page_id FROM known) THEN s.page_id END AS known_id
  FROM stage_tweet AS s
  ORDER BY page_id, tweet_no
), gone AS (
  DELETE FROM core.tweet AS t
  USING known AS p
  WHERE t.page_id = p.page_id
    AND NOT EXISTS (SELECT FROM stage_tweet AS s WHERE s.page_id = t.page_id AND s.tweet_no = t.tweet_no)
), changed AS (
  UPDATE core.tweet AS t
  SET appearance_no = s.appearance_no, start_offset = s.start_offset, end_offset = s.end_offset, author = s.author,
    handle = s.handle, posted_on = s.posted_on, url = s.url, reader_version = s.reader_version, run_id = s.run_id
  FROM staged AS s
  WHERE (t.page_id, t.tweet_no) = (s.known_id, s.tweet_no)
    AND (t.appearance_no, t.start_offset, t.end_offset, t.author, t.handle, t.posted_on, t.url, t.reader_version)
      IS DISTINCT FROM (s.appearance_no, s.start_offset, s.end_offset, s.author, s.handle, s.posted_on, s.url,
        s.reader_version)
)
INSERT INTO core.tweet (page_id, tweet_no, appearance_no, start_offset, end_offset, author, handle, posted_on, url,
  reader_version, run_id)
SELECT page_id, tweet_no, appearance_no, start_offset, end_offset, author, handle, posted_on, url, reader_version,
  run_id
FROM staged AS s
WHERE NOT EXISTS (SELECT FROM core.tweet AS t WHERE (t.page_id, t.tweet_no) = (s.known_id, s.tweet_no))
ORDER BY page_id, tweet_no
