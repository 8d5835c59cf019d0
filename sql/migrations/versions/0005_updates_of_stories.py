"""updates of a story: who published a text, and links between its versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BEFORE = "reprint, or abridged if one is much shorter."
_AFTER = "reprint, or abridged if one is much shorter; update if they share less but the outlet or the headline's stem."


def upgrade() -> None:
    # Left empty: the next run compares every article once more, and finds the updates among them.
    op.add_column(
        "article_sketch",
        sa.Column(
            "outlets",
            pg.ARRAY(sa.Text()),
            nullable=True,
            comment="Who published it, by id or else by name, sorted; none where that has changed and it is to be"
            " compared again.",
        ),
        schema="core",
    )
    op.create_index(
        "article_sketch_outdated_idx",
        "article_sketch",
        ["article_id"],
        unique=False,
        schema="core",
        postgresql_where=sa.text("outlets IS NULL"),
    )
    _relations("'reprint', 'abridged', 'update'", _AFTER, _BEFORE)


def downgrade() -> None:
    op.execute("DELETE FROM core.story_link WHERE relation = 'update'")
    _relations("'reprint', 'abridged'", _BEFORE, _AFTER)
    op.drop_index("article_sketch_outdated_idx", table_name="article_sketch", schema="core")
    op.drop_column("article_sketch", "outlets", schema="core")


def _relations(words: str, comment: str, was: str) -> None:
    op.drop_constraint(op.f("story_link_relation_check"), "story_link", schema="core", type_="check")
    op.create_check_constraint(op.f("story_link_relation_check"), "story_link", f"relation IN ({words})", schema="core")
    op.alter_column("story_link", "relation", schema="core", comment=comment, existing_comment=was)
