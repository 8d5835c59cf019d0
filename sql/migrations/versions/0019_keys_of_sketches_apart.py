"""keys of sketches apart from the sketches: new ones in a small index, put into the large one sorted, many at once.

Each key lies on a page of its own in an index of all. Put there with its article, it was half of all pages that a load
changed at a million articles, and two fifths of its log. Now the keys of new texts are noted in a table that is small
enough to stay in memory, and go into the large index when there are many: what lies on one page is written together.
Whoever looks for a key asks both.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_NOTE = """
CREATE FUNCTION ops.note_sketch_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO ops.recent_sketch_key (article_id, keys)
    SELECT article_id, hashes[1:n_keys] FROM new_rows ORDER BY article_id;
  ELSE
    INSERT INTO ops.recent_sketch_key (article_id, keys)
    SELECT article_id, n.hashes[1:n.n_keys] FROM new_rows AS n JOIN old_rows AS o USING (article_id)
    WHERE n.hashes[1:n.n_keys] IS DISTINCT FROM o.hashes[1:o.n_keys] ORDER BY article_id;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION ops.note_sketch_keys IS 'Writes the keys of new and changed sketches into ops.recent_sketch_key.';
"""
# As the schema's owner: only the owner may empty a table, and write out what waits before an index.
_SETTLE = """
CREATE FUNCTION ops.settle_sketch_keys() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET maintenance_work_mem = '128MB' AS $$
DECLARE
  settled bigint;
BEGIN
  -- Whoever waits for this lock sees, once it has it, where the keys have gone.
  LOCK TABLE ops.recent_sketch_key IN ACCESS EXCLUSIVE MODE;
  INSERT INTO ops.sketch_key AS t (article_id, keys)
  SELECT article_id, hashes[1:n_keys] FROM core.article_sketch
  WHERE article_id IN (SELECT article_id FROM ops.recent_sketch_key)
  ORDER BY article_id
  ON CONFLICT (article_id) DO UPDATE SET keys = excluded.keys WHERE t.keys IS DISTINCT FROM excluded.keys;
  GET DIAGNOSTICS settled = ROW_COUNT;
  TRUNCATE ops.recent_sketch_key;
  -- Until here they only wait before the index, and a look-up would read them through.
  PERFORM gin_clean_pending_list('ops.sketch_key_keys_idx');
  RETURN settled;
END $$;
COMMENT ON FUNCTION ops.settle_sketch_keys IS
  'Moves what is in ops.recent_sketch_key to ops.sketch_key, sorted by key, and returns how many sketches those were.';
"""


def upgrade() -> None:
    op.create_table(
        "sketch_key",
        sa.Column(
            "article_id",
            sa.UUID(),
            sa.ForeignKey(
                "core.article_sketch.article_id", name=op.f("sketch_key_article_id_fkey"), ondelete="CASCADE"
            ),
            nullable=False,
            comment="The article.",
        ),
        sa.Column("keys", postgresql.ARRAY(sa.BigInteger()), nullable=False, comment="The keys of its sketch."),
        schema="ops",
        comment="What sketches are found by: the first n_keys of their hashes. New ones are in ops.recent_sketch_key.",
    )
    op.create_table(
        "recent_sketch_key",
        sa.Column(
            "article_id",
            sa.UUID(),
            nullable=False,
            comment="The article; it may be gone, and a text that has changed is here more than once.",
        ),
        sa.Column("keys", postgresql.ARRAY(sa.BigInteger()), nullable=False, comment="The keys of its sketch."),
        schema="ops",
        comment="Keys of sketches that came since the last were settled in ops.sketch_key: a trigger writes them down.",
    )
    op.execute(
        "INSERT INTO ops.sketch_key (article_id, keys)"
        " SELECT article_id, hashes[1:n_keys] FROM core.article_sketch ORDER BY article_id"
    )
    op.drop_index("article_sketch_keys_idx", table_name="article_sketch", schema="core")
    op.execute("SET LOCAL maintenance_work_mem = '256MB'")
    op.create_primary_key(op.f("sketch_key_pkey"), "sketch_key", ["article_id"], schema="ops")
    op.create_index(
        op.f("sketch_key_keys_idx"),
        "sketch_key",
        ["keys"],
        schema="ops",
        postgresql_using="gin",
        # Wide enough for all that is settled at once, so that it is sorted as a whole.
        postgresql_with={"gin_pending_list_limit": "1048576"},
    )
    op.create_index(
        op.f("recent_sketch_key_keys_idx"),
        "recent_sketch_key",
        ["keys"],
        schema="ops",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.execute(_NOTE)
    op.execute(_SETTLE)
    for event, transition in (
        ("insert", "NEW TABLE AS new_rows"),
        ("update", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    ):
        op.execute(
            f"CREATE TRIGGER keys_{event} AFTER {event.upper()} ON core.article_sketch REFERENCING {transition}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ops.note_sketch_keys()"
        )


def downgrade() -> None:
    for event in ("insert", "update"):
        op.execute(f"DROP TRIGGER keys_{event} ON core.article_sketch")
    op.execute("DROP FUNCTION ops.settle_sketch_keys()")
    op.execute("DROP FUNCTION ops.note_sketch_keys()")
    op.drop_table("recent_sketch_key", schema="ops")
    op.drop_table("sketch_key", schema="ops")
    op.create_index(
        "article_sketch_keys_idx",
        "article_sketch",
        [sa.text("(hashes[1:n_keys])")],
        schema="core",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
