-- Pages whose bytes are not those that their identity was made of.
-- severity: error, at most: 0
SELECT count(*) AS value, min(r.page_id::text) AS example
FROM checked_page
JOIN raw.page AS r USING (page_id)
WHERE sha256(r.content) <> r.sha256 OR encode(substr(r.sha256, 1, 16), 'hex')::uuid <> r.page_id
