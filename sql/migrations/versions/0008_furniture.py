"""furniture: lines that repeat in an outlet's texts, counted and frozen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "furniture_version",
        sa.Column(
            "furniture_version",
            sa.Text(),
            nullable=False,
            comment="Digest of its lines; the reader's version ends in it.",
        ),
        sa.Column("n_lines", sa.Integer(), nullable=False, comment="How many lines it has."),
        sa.Column(
            "frozen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When; the last one is read with by runs that begin.",
        ),
        sa.PrimaryKeyConstraint("furniture_version", name=op.f("furniture_version_pkey")),
        schema="core",
        comment="States of what is known to be furniture, each kept whole: a run that began with one is finished with it.",
    )
    op.create_table(
        "furniture",
        sa.Column("furniture_version", sa.Text(), nullable=False, comment="The version that holds it."),
        sa.Column(
            "outlet",
            sa.Text(),
            nullable=False,
            comment="Outlet in whose texts it was found: its id, or else its name.",
        ),
        sa.Column(
            "line_key",
            sa.Text(),
            nullable=False,
            comment="The line without marks, signs and case: what is compared.",
        ),
        sa.Column("line", sa.Text(), nullable=False, comment="The line as it was found."),
        sa.Column(
            "n_texts",
            sa.Integer(),
            nullable=False,
            comment="Texts of the outlet, under different headlines, in which it was found.",
        ),
        sa.Column(
            "of_texts",
            sa.Integer(),
            nullable=False,
            comment="Texts of the outlet, under different headlines, that were counted.",
        ),
        sa.ForeignKeyConstraint(
            ["furniture_version"],
            ["core.furniture_version.furniture_version"],
            name=op.f("furniture_furniture_version_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("furniture_version", "outlet", "line_key", name=op.f("furniture_pkey")),
        schema="core",
        comment="Lines that stand in many different texts of an outlet: no text of its articles (`rasd furniture`).",
    )


def downgrade() -> None:
    op.drop_table("furniture", schema="core")
    op.drop_table("furniture_version", schema="core")
