"""bearers of a surname are found without reading through all who bear a common one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("sense_family_idx", table_name="sense", schema="core")
    op.create_index(
        "sense_family_full_idx",
        "sense",
        ["family", "group_id"],
        schema="core",
        postgresql_where=sa.text("NOT is_short"),
    )
    op.create_index(
        "sense_family_short_idx",
        "sense",
        ["family"],
        schema="core",
        postgresql_where=sa.text("is_short AND NOT is_common"),
    )


def downgrade() -> None:
    op.drop_index("sense_family_short_idx", table_name="sense", schema="core")
    op.drop_index("sense_family_full_idx", table_name="sense", schema="core")
    op.create_index("sense_family_idx", "sense", ["family"], schema="core")
