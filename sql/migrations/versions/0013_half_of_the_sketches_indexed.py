"""half of the hashes of a sketch are indexed: they are most of what a load writes into a large warehouse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEYS = """
CREATE FUNCTION core.sketch_keys(hashes bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT CASE WHEN cardinality(hashes) < 32 THEN hashes
  ELSE ARRAY(SELECT h FROM unnest(hashes) AS h WHERE h & 1 = 0) END
$$;
COMMENT ON FUNCTION core.sketch_keys IS
  'The hashes of a sketch by which it is found: the even ones, all of a short text''s. The same of every text, so that whichever
comes first finds the other.';
"""


def upgrade() -> None:
    op.execute(_KEYS)
    op.drop_index("article_sketch_hashes_idx", table_name="article_sketch", schema="core")
    op.create_index(
        "article_sketch_keys_idx",
        "article_sketch",
        [sa.text("core.sketch_keys(hashes)")],
        schema="core",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )


def downgrade() -> None:
    op.drop_index("article_sketch_keys_idx", table_name="article_sketch", schema="core")
    op.create_index(
        "article_sketch_hashes_idx",
        "article_sketch",
        ["hashes"],
        schema="core",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.execute("DROP FUNCTION core.sketch_keys(bigint[])")
