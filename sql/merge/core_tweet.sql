-- Embedded posts on the pages in stage_page.
WITH gone AS (
  DELETE FROM core.tweet AS t
  USING stage_page AS p
  WHERE t.page_id = p.page_id
    AND NOT EXISTS (SELECT FROM stage_tweet AS s WHERE s.page_id = t.page_id AND s.tweet_no = t.tweet_no)
)
INSERT INTO core.tweet AS t (page_id, tweet_no, appearance_no, start_offset, end_offset, author, handle,
  posted_on, url, reader_version, run_id)
SELECT DISTINCT ON (page_id, tweet_no) page_id, tweet_no, appearance_no, start_offset, end_offset, author,
  handle, posted_on, url, reader_version, run_id
FROM stage_tweet
ORDER BY page_id, tweet_no
ON CONFLICT (page_id, tweet_no) DO UPDATE SET
  appearance_no = excluded.appearance_no,
  start_offset = excluded.start_offset,
  end_offset = excluded.end_offset,
  author = excluded.author,
  handle = excluded.handle,
  posted_on = excluded.posted_on,
  url = excluded.url,
  reader_version = excluded.reader_version,
  run_id = excluded.run_id
WHERE (t.appearance_no, t.start_offset, t.end_offset, t.author, t.handle, t.posted_on, t.url, t.reader_version)
  IS DISTINCT FROM (excluded.appearance_no, excluded.start_offset, excluded.end_offset, excluded.author,
    excluded.handle, excluded.posted_on, excluded.url, excluded.reader_version)
