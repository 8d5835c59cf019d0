"""rows of which an article has dozens name their run unchecked."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = ("segment", "tweet", "sentence", "quotation", "mention", "entity_name")


def upgrade() -> None:
    for table in _TABLES:
        op.drop_constraint(op.f(f"{table}_run_id_fkey"), table, schema="core", type_="foreignkey")


def downgrade() -> None:
    for table in _TABLES:
        op.create_foreign_key(
            op.f(f"{table}_run_id_fkey"),
            table,
            "run",
            ["run_id"],
            ["run_id"],
            source_schema="core",
            referent_schema="ops",
        )
