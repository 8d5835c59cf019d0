"""senses and entities that are named are held by one lock for all, and rows name their run unchecked where it is known.

Each sense and entity that a batch mentions was locked by itself: a mark on its row, and a page of its table in the log, a
tenth of what a load at a million articles wrote. Now writing a mention takes one shared lock, and removing a sense or an
entity the same lock alone: whoever comes second waits, and sees what the first has done.

Appearances, articles, stories, their links and deliveries are written with a page, a sketch or an outcome that names the
same run and is checked.
"""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_UNCHECKED = (
    ("raw", "delivery"),
    ("core", "article"),
    ("core", "appearance"),
    ("core", "story_link"),
    ("core", "story_article"),
)

# Both run as the schema's owner, as the checks of foreign keys do: who writes a row need not be allowed to lock its parent.
# Each query of a trigger sees what was committed before it began, so whoever waited for a lock sees what it waited for;
# but not at REPEATABLE READ, where a locked row tells that it has gone.
_HAS_PARENT = """
CREATE OR REPLACE FUNCTION core.has_parent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  orphan uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM new_rows) THEN
    RETURN NULL;
  END IF;
  IF TG_ARGV[1] IN ('sense', 'entity') AND current_setting('transaction_isolation') = 'read committed' THEN
    PERFORM pg_advisory_xact_lock_shared(1380012877, hashtext(TG_ARGV[1]));  -- RASM
    EXECUTE format(
      'SELECT id FROM (SELECT DISTINCT %1$I AS id FROM new_rows WHERE %1$I IS NOT NULL) AS wanted
       WHERE NOT EXISTS (SELECT FROM core.%2$I AS p WHERE p.%1$I = wanted.id) LIMIT 1', TG_ARGV[0], TG_ARGV[1]) INTO orphan;
  ELSE
    EXECUTE format(
      'WITH wanted AS MATERIALIZED (SELECT DISTINCT %1$I AS id FROM new_rows WHERE %1$I IS NOT NULL ORDER BY 1),
       held AS MATERIALIZED (SELECT p.%1$I AS id FROM wanted JOIN core.%2$I AS p ON p.%1$I = wanted.id FOR KEY SHARE OF p)
       SELECT id FROM wanted WHERE id NOT IN (SELECT id FROM held) LIMIT 1', TG_ARGV[0], TG_ARGV[1]) INTO orphan;
  END IF;
  IF orphan IS NOT NULL THEN
    RAISE foreign_key_violation USING
      MESSAGE = format('%s of core.%s is not in core.%s: %s', TG_ARGV[0], TG_TABLE_NAME, TG_ARGV[1], orphan),
      SCHEMA = 'core', TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0];
  END IF;
  RETURN NULL;
END $$;
"""
_PARENT_GOES = """
CREATE OR REPLACE FUNCTION core.parent_goes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM old_rows) THEN
    RETURN NULL;
  END IF;
  -- It would not see what was written below these rows after its snapshot.
  IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
    RAISE feature_not_supported USING MESSAGE = format('rows of core.%s are removed in transactions that read what is committed', TG_TABLE_NAME);
  END IF;
  IF TG_ARGV[2] = 'cascade' THEN
    EXECUTE format('DELETE FROM core.%1$I AS t USING old_rows AS o WHERE t.%2$I = o.%2$I', TG_ARGV[0], TG_ARGV[1]);
  ELSE
    PERFORM pg_advisory_xact_lock(1380012877, hashtext(TG_TABLE_NAME));
    EXECUTE format('SELECT o.%2$I FROM old_rows AS o WHERE EXISTS (SELECT FROM core.%1$I AS t WHERE t.%2$I = o.%2$I) LIMIT 1',
      TG_ARGV[0], TG_ARGV[1]) INTO held;
    IF held IS NOT NULL THEN
      RAISE foreign_key_violation USING
        MESSAGE = format('core.%s still refers to %s of core.%s: %s', TG_ARGV[0], TG_ARGV[1], TG_TABLE_NAME, held),
        SCHEMA = 'core', TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[1];
    END IF;
  END IF;
  RETURN NULL;
END $$;
"""
# As migration 0016 made them.
_HAS_PARENT_BEFORE = """
CREATE OR REPLACE FUNCTION core.has_parent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  orphan uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM new_rows) THEN
    RETURN NULL;
  END IF;
  EXECUTE format(
    'WITH wanted AS MATERIALIZED (SELECT DISTINCT %1$I AS id FROM new_rows WHERE %1$I IS NOT NULL ORDER BY 1),
     held AS MATERIALIZED (SELECT p.%1$I AS id FROM wanted JOIN core.%2$I AS p ON p.%1$I = wanted.id FOR KEY SHARE OF p)
     SELECT id FROM wanted WHERE id NOT IN (SELECT id FROM held) LIMIT 1', TG_ARGV[0], TG_ARGV[1]) INTO orphan;
  IF orphan IS NOT NULL THEN
    RAISE foreign_key_violation USING
      MESSAGE = format('%s of core.%s is not in core.%s: %s', TG_ARGV[0], TG_TABLE_NAME, TG_ARGV[1], orphan),
      SCHEMA = 'core', TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0];
  END IF;
  RETURN NULL;
END $$;
"""


def upgrade() -> None:
    op.execute(_HAS_PARENT)
    op.execute(_PARENT_GOES)
    for layer, table in _UNCHECKED:
        op.drop_constraint(f"{table}_run_id_fkey", table, schema=layer, type_="foreignkey")


def downgrade() -> None:
    op.execute(_HAS_PARENT_BEFORE)
    lock = "    PERFORM pg_advisory_xact_lock(1380012877, hashtext(TG_TABLE_NAME));\n"
    op.execute(_PARENT_GOES.replace(lock, "").replace("IN ('repeatable read', 'serializable')", "= 'repeatable read'"))
    for layer, table in _UNCHECKED:
        op.create_foreign_key(
            f"{table}_run_id_fkey", table, "run", ["run_id"], ["run_id"], source_schema=layer, referent_schema="ops"
        )
