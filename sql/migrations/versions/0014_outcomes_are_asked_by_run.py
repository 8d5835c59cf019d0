"""outcomes are asked by run alone: every page that a run sees wrote a page of an index of all pages ever seen."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("outcome_page_id_idx", table_name="outcome", schema="ops")


def downgrade() -> None:
    op.create_index("outcome_page_id_idx", "outcome", ["page_id"], schema="ops")
