-- What is wrong with each watch; nothing stops for it.
UPDATE core.watch AS w
SET problem = p.problem
FROM (SELECT watch_id, report.watch_problem(kind, subject, at_least, times_usual) AS problem FROM core.watch) AS p
WHERE w.watch_id = p.watch_id AND w.problem IS DISTINCT FROM p.problem
