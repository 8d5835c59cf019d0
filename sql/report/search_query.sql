-- What a person writes into a search field, as a tsquery.
CREATE FUNCTION report.search_query(query text) RETURNS tsquery LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT tokens FROM report.search_parse(query)
$$;
COMMENT ON FUNCTION report.search_query IS
  'A search as a tsquery: … FROM core.article_search WHERE tokens @@ report.search_query(''للسعودية OR "مجلس الأمن"'').';
