-- Who may do what. `rasd db roles` applies this; running it again changes nothing.
--
-- rasd_owner   owns schemas and tables: migrations.
-- rasd_writer  writes raw, core and ops, reads report: the DAGs.
-- rasd_reader  reads core and report and nothing else: analysts, BI tools. Views of report that tell of ops do so with
--              their owner's rights; neither raw nor ops can be read by this role itself.
--
-- rasd_desk    reads core and report, and writes what visitors of the newsroom decide: reviews, decisions, watches, releases.
--
-- Roles that are missing are made without a login; an administrator gives them a password, or puts people into them.

DO $$
DECLARE
  role text;
  what text;
  makers text[] := ARRAY[current_user];
BEGIN
  -- Granting what one may not grant is a mere warning to Postgres.
  IF EXISTS (
    SELECT FROM pg_namespace
    WHERE nspname IN ('raw', 'core', 'ops', 'report') AND NOT pg_has_role(current_user, nspowner, 'USAGE')
  ) THEN
    RAISE insufficient_privilege USING MESSAGE = format('%s does not own the warehouse', current_user);
  END IF;

  FOREACH role IN ARRAY ARRAY['rasd_owner', 'rasd_writer', 'rasd_reader', 'rasd_desk'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;  -- somebody else made it in between
      END;
    END IF;
  END LOOP;

  -- What somebody else made before there were roles goes to the owner, where whoever runs this may give it away.
  IF pg_has_role(current_user, 'rasd_owner', 'MEMBER') THEN
    FOR what IN
      SELECT format('SCHEMA %I', nspname) FROM pg_namespace
      WHERE nspname IN ('raw', 'core', 'ops', 'report') AND pg_get_userbyid(nspowner) <> 'rasd_owner'
      UNION ALL
      SELECT format('%s %s', CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, oid::regclass) FROM pg_class
      WHERE relnamespace::regnamespace::text IN ('raw', 'core', 'ops', 'report') AND relkind IN ('r', 'p', 'v')
        AND pg_get_userbyid(relowner) <> 'rasd_owner'
      UNION ALL
      SELECT format('FUNCTION %s', oid::regprocedure) FROM pg_proc
      WHERE pronamespace::regnamespace::text IN ('raw', 'core', 'ops', 'report') AND pg_get_userbyid(proowner) <> 'rasd_owner'
    LOOP
      EXECUTE format('ALTER %s OWNER TO rasd_owner', what);
    END LOOP;
    makers := makers || 'rasd_owner'::text;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO rasd_owner', current_database());
  END IF;

  -- COPY goes into temporary tables; analysts like to make some, too.
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO rasd_owner, rasd_writer, rasd_reader, rasd_desk', current_database());

  -- What will be made later, by whoever may run migrations.
  FOREACH role IN ARRAY makers LOOP
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA raw, core, ops'
      ' GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO rasd_writer', role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA raw, core, ops GRANT USAGE ON SEQUENCES TO rasd_writer', role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA report GRANT SELECT ON TABLES TO rasd_writer', role);
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA core, report GRANT SELECT ON TABLES TO rasd_reader, rasd_desk', role);
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA raw, core, ops, report TO rasd_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA raw, core, ops TO rasd_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA raw, core, ops TO rasd_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA report TO rasd_writer;
-- Only a migration says which schema there is.
REVOKE INSERT, UPDATE, DELETE ON ops.migration FROM rasd_writer;

REVOKE ALL ON SCHEMA raw, ops FROM rasd_reader;
REVOKE ALL ON ALL TABLES IN SCHEMA raw, ops FROM rasd_reader;
GRANT USAGE ON SCHEMA core, report TO rasd_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA core, report TO rasd_reader;

GRANT USAGE ON SCHEMA core, ops, report TO rasd_desk;
GRANT SELECT ON ALL TABLES IN SCHEMA core, report TO rasd_desk;
GRANT INSERT ON core.review, core.decision TO rasd_desk;
GRANT UPDATE (undone_by, undone_at) ON core.decision TO rasd_desk;
-- A decision takes effect at once: what points to entities goes where it says, and is published anew.
GRANT INSERT, UPDATE, DELETE ON core.sense, core.sense_name, core.sense_candidate, core.entity, core.entity_name TO rasd_desk;
GRANT UPDATE (entity_id) ON core.mention TO rasd_desk;
GRANT INSERT ON ops.unpublished TO rasd_desk;
GRANT SELECT, UPDATE (released_at, released_by) ON ops.quarantine TO rasd_desk;
GRANT INSERT, UPDATE ON core.watch TO rasd_desk;

-- The newsroom gets the address that the DAGs have, and takes the smaller role as soon as it is connected.
DO $$
BEGIN
  GRANT rasd_reader, rasd_desk TO rasd_writer;
EXCEPTION WHEN insufficient_privilege THEN
  NULL;  -- whoever made the roles has done it
END $$;
