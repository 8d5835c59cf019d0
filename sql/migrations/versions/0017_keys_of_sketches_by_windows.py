"""a sketch's keys are the smallest hashes of wide windows: fewer than the even ones, and certain to be shared.

Whether a short text stood in a long one was found out by chance: of those of 25 words that did, one in eight had no even
hash in common. Sketches that are there keep all their hashes for keys until their texts change, so that whatever comes
finds them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_BEFORE = "Winnowed hashes of its word shingles: two texts with a passage in common share one."
_AFTER = f"{_BEFORE} Those by which it is found come first."
_FUNCTION = """
CREATE FUNCTION core.sketch_keys(hashes bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT CASE WHEN cardinality(hashes) < 32 THEN hashes
  ELSE ARRAY(SELECT h FROM unnest(hashes) AS h WHERE h & 1 = 0) END
$$;
COMMENT ON FUNCTION core.sketch_keys IS
  'The hashes of a sketch by which it is found: the even ones, all of a short text''s. The same of every text, so that whichever
comes first finds the other.';
"""


def upgrade() -> None:
    op.drop_index("article_sketch_keys_idx", table_name="article_sketch", schema="core")
    op.execute("DROP FUNCTION core.sketch_keys(bigint[])")
    op.add_column(
        "article_sketch",
        sa.Column(
            "n_keys",
            sa.Integer(),
            nullable=True,
            comment="By how many of the hashes it is found, the first ones: all of a short text's.",
        ),
        schema="core",
    )
    op.execute("UPDATE core.article_sketch SET n_keys = cardinality(hashes)")
    op.alter_column("article_sketch", "n_keys", nullable=False, schema="core")
    op.alter_column("article_sketch", "hashes", comment=_AFTER, existing_comment=_BEFORE, schema="core")
    _index("(hashes[1:n_keys])")


def downgrade() -> None:
    op.drop_index("article_sketch_keys_idx", table_name="article_sketch", schema="core")
    op.alter_column("article_sketch", "hashes", comment=_BEFORE, existing_comment=_AFTER, schema="core")
    op.drop_column("article_sketch", "n_keys", schema="core")
    op.execute(_FUNCTION)
    _index("core.sketch_keys(hashes)")


def _index(keys: str) -> None:
    op.create_index(
        "article_sketch_keys_idx",
        "article_sketch",
        [sa.text(keys)],
        schema="core",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
