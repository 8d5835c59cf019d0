-- What waits for a person.
CREATE VIEW report.quarantine AS
SELECT quarantine_id, page_id, uri, member, stage, reason, detail, advice, quarantined_at, reader_version
FROM ops.quarantine
WHERE released_at IS NULL;
COMMENT ON VIEW report.quarantine IS 'Pages held in quarantine, with the reason and what to do. Release: rasd quarantine release.';
