"""rows that an article has by the dozen: their parents are looked up once for a statement, not once for a row.

A foreign key asks for every row whether its parent is there: three look-ups for each mention, a quarter of a load. A
statement's rows have few parents between them. What a foreign key promises is promised as before: a row without its
parent is refused, the parent is locked until the row is committed, and what stands below a row that goes, goes with it or
holds it.
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Table, column, table that it refers to, whether its rows go with the parent.
_REFERENCES = (
    ("segment", "page_id", "page", True),
    ("sentence", "article_id", "article", True),
    ("quotation", "article_id", "article", True),
    ("mention", "article_id", "article", True),
    ("mention", "sense_id", "sense", False),
    ("mention", "entity_id", "entity", False),
    ("demonym", "article_id", "article", True),
    ("demonym", "sense_id", "sense", False),
)

# Both run as the schema's owner, as the checks of foreign keys do: who writes a row need not be allowed to lock its parent.
# Each query of a trigger sees what was committed before it began, so whoever waited for a lock sees what it waited for.
_HAS_PARENT = """
CREATE FUNCTION core.has_parent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
COMMENT ON FUNCTION core.has_parent IS
  'Refuses rows whose parent is not there, and locks the parents of the others against removal: a foreign key for a whole statement.';
"""
_PARENT_GOES = """
CREATE FUNCTION core.parent_goes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM old_rows) THEN
    RETURN NULL;
  END IF;
  -- It would not see what was written below these rows after its snapshot.
  IF current_setting('transaction_isolation') = 'repeatable read' THEN
    RAISE feature_not_supported USING MESSAGE = format('rows of core.%s are removed in transactions that read what is committed', TG_TABLE_NAME);
  END IF;
  IF TG_ARGV[2] = 'cascade' THEN
    EXECUTE format('DELETE FROM core.%1$I AS t USING old_rows AS o WHERE t.%2$I = o.%2$I', TG_ARGV[0], TG_ARGV[1]);
  ELSE
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
COMMENT ON FUNCTION core.parent_goes IS 'Removes what stands below removed rows, or refuses to remove them: ON DELETE for a whole statement.';
"""
_KEY_STAYS = """
CREATE FUNCTION core.key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE foreign_key_violation USING MESSAGE = format('keys of core.%s never change', TG_TABLE_NAME);
END $$;
COMMENT ON FUNCTION core.key_stays IS 'Refuses to change a key that rows below it refer to.';
"""


def upgrade() -> None:
    for function in (_HAS_PARENT, _PARENT_GOES, _KEY_STAYS):
        op.execute(function)
    for child, column, parent, goes_along in _REFERENCES:
        op.drop_constraint(f"{child}_{column}_fkey", child, schema="core", type_="foreignkey")
        for event in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER {column}_{event.lower()} AFTER {event} ON core.{child} REFERENCING NEW TABLE AS new_rows"
                f" FOR EACH STATEMENT EXECUTE FUNCTION core.has_parent('{column}', '{parent}')"
            )
        action = "cascade" if goes_along else "refuse"
        op.execute(
            f"CREATE TRIGGER below_{child} AFTER DELETE ON core.{parent} REFERENCING OLD TABLE AS old_rows"
            f" FOR EACH STATEMENT EXECUTE FUNCTION core.parent_goes('{child}', '{column}', '{action}')"
        )
    for parent, column in _parents():
        op.execute(
            f"CREATE TRIGGER key_stays BEFORE UPDATE OF {column} ON core.{parent} FOR EACH ROW"
            f" WHEN (new.{column} IS DISTINCT FROM old.{column}) EXECUTE FUNCTION core.key_stays()"
        )


def downgrade() -> None:
    for parent, _ in _parents():
        op.execute(f"DROP TRIGGER key_stays ON core.{parent}")
    for child, column, parent, goes_along in _REFERENCES:
        op.execute(f"DROP TRIGGER below_{child} ON core.{parent}")
        for event in ("insert", "update"):
            op.execute(f"DROP TRIGGER {column}_{event} ON core.{child}")
        op.create_foreign_key(
            f"{child}_{column}_fkey",
            child,
            parent,
            [column],
            [column],
            source_schema="core",
            referent_schema="core",
            ondelete="CASCADE" if goes_along else None,
        )
    for function in ("key_stays", "parent_goes", "has_parent"):
        op.execute(f"DROP FUNCTION core.{function}")


def _parents() -> list[tuple[str, str]]:
    return sorted({(parent, column) for _, column, parent, _ in _REFERENCES})
