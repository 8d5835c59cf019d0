"""quality checks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quality_check",
        sa.Column("check_name", sa.Text(), nullable=False, comment="Short stable name."),
        sa.Column("question", sa.Text(), nullable=False, comment="What is counted, for a person."),
        sa.Column(
            "severity",
            sa.Text(),
            nullable=False,
            comment="error: a run in which it fails turns red. warning: it is told.",
        ),
        sa.Column("at_most", sa.Double(), nullable=False, comment="The largest value that is well."),
        sa.Column(
            "statement",
            sa.Text(),
            nullable=False,
            comment="Gives one row: value, example. Looks at checked_run, checked_page and checked_article (their ids).",
        ),
        sa.Column(
            "is_own",
            sa.Boolean(),
            server_default="true",
            nullable=False,
            comment="Added here, not shipped with Rasd: migrate leaves it alone.",
        ),
        sa.CheckConstraint("severity IN ('error', 'warning')", name=op.f("quality_check_severity_check")),
        sa.PrimaryKeyConstraint("check_name", name=op.f("quality_check_pkey")),
        schema="ops",
        comment="What is checked after every run. Shipped ones come from sql/checks; add your own as rows.",
    )
    op.create_table(
        "check_result",
        sa.Column("check_result_id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Counts up."),
        sa.Column("check_name", sa.Text(), nullable=False, comment="The check; kept when the check itself has gone."),
        sa.Column("run_id", sa.UUID(), nullable=True, comment="Run whose pages were looked at; none if all were."),
        sa.Column(
            "checked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When."
        ),
        sa.Column("severity", sa.Text(), nullable=False, comment="error or warning, as it was then."),
        sa.Column(
            "value", sa.Double(), nullable=True, comment="What was counted; none if the check could not be made."
        ),
        sa.Column("at_most", sa.Double(), nullable=False, comment="The largest value that would have been well."),
        sa.Column("is_passed", sa.Boolean(), nullable=False, comment="Whether it was."),
        sa.Column("example", sa.Text(), nullable=True, comment="One of what was counted, or why it could not be."),
        sa.Column("duration_seconds", sa.REAL(), nullable=False, comment="How long it took."),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ops.run.run_id"], name=op.f("check_result_run_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("check_result_id", name=op.f("check_result_pkey")),
        schema="ops",
        comment="What every check found.",
    )
    op.create_index(
        op.f("check_result_check_name_checked_at_idx"),
        "check_result",
        ["check_name", "checked_at"],
        unique=False,
        schema="ops",
    )
    op.create_index(op.f("check_result_run_id_idx"), "check_result", ["run_id"], unique=False, schema="ops")


def downgrade() -> None:
    op.drop_index(op.f("check_result_run_id_idx"), table_name="check_result", schema="ops")
    op.drop_index(op.f("check_result_check_name_checked_at_idx"), table_name="check_result", schema="ops")
    op.drop_table("check_result", schema="ops")
    op.drop_table("quality_check", schema="ops")
