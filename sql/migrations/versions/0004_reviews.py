"""reviews: what readers find wrong."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column(
            "review_id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Number of the review."
        ),
        sa.Column("subject", sa.Text(), nullable=False, comment="segment or mention."),
        sa.Column("page_id", sa.UUID(), nullable=False, comment="The page on which it was seen."),
        sa.Column(
            "article_id",
            sa.UUID(),
            nullable=False,
            comment="The article beside which it was seen; a later reader may cut another one.",
        ),
        sa.Column(
            "part",
            sa.Text(),
            nullable=False,
            comment="page (offsets count in core.page.text), headline or body (of the article).",
        ),
        sa.Column("start_offset", sa.Integer(), nullable=False, comment="First character."),
        sa.Column("end_offset", sa.Integer(), nullable=False, comment="One past the last character."),
        sa.Column(
            "words",
            sa.Text(),
            nullable=False,
            comment="The words there, by which it can be found again whatever becomes of offsets.",
        ),
        sa.Column(
            "said",
            sa.Text(),
            nullable=False,
            comment="What the machine had said: the segment's kind, or the key of the mention's entity.",
        ),
        sa.Column("said_by", sa.Text(), nullable=False, comment="Version and rule that said so."),
        sa.Column(
            "answer",
            sa.Text(),
            nullable=False,
            comment="What it should be: a segment's kind, a mention's type, not_a_name, other_bounds or other_entity.",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="What else the reviewer says."),
        sa.Column("reviewed_by", sa.Text(), nullable=False, comment="Who says so."),
        sa.Column(
            "reviewed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When."
        ),
        sa.CheckConstraint("subject IN ('segment', 'mention')", name=op.f("review_subject_check")),
        sa.CheckConstraint("part IN ('page', 'headline', 'body')", name=op.f("review_part_check")),
        sa.CheckConstraint(
            "answer IN ('title', 'metadata', 'dateline', 'main_article', 'related_article', 'tweet', 'navigation', 'tags',"
            " 'related_marker', 'boilerplate', 'PER', 'LOC', 'ORG', 'MISC', 'not_a_name', 'other_bounds', 'other_entity')",
            name=op.f("review_answer_check"),
        ),
        sa.ForeignKeyConstraint(["page_id"], ["raw.page.page_id"], name=op.f("review_page_id_fkey")),
        sa.PrimaryKeyConstraint("review_id", name=op.f("review_pkey")),
        schema="core",
        comment="What readers found wrong, in their own words: for the next evaluation of the reader and the recogniser.",
    )
    op.create_index(op.f("review_article_id_idx"), "review", ["article_id"], unique=False, schema="core")
    op.create_index(op.f("review_page_id_idx"), "review", ["page_id"], unique=False, schema="core")
