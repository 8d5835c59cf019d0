-- What an entity is quoted as saying, newest first.
SELECT article_id, published_on, headline, speaker, left(words, 400) AS words
FROM report.quoted(:entity_key, most => 8)
