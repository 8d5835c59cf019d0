SELECT article_id, headline, body FROM core.article WHERE article_id = CAST(:article_id AS uuid)
