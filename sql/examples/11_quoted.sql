-- What is one person quoted as saying?
SELECT published_on, words, rule, outlets
FROM report.quoted('الشاذلي')
LIMIT 5;
