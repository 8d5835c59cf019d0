"""watches, what they found, and the digests that told it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watch",
        sa.Column("watch_id", sa.Text(), nullable=False, comment="Short stable name."),
        sa.Column("name", sa.Text(), nullable=False, comment="Name to show."),
        sa.Column("kind", sa.Text(), nullable=False, comment="What the subject is: entity, phrase, query or outlet."),
        sa.Column(
            "subject",
            sa.Text(),
            nullable=False,
            comment="An entity's key or name; the words of a phrase; a query as the search takes it; an outlet's id or name.",
        ),
        sa.Column(
            "at_least",
            sa.Integer(),
            nullable=True,
            comment="Tell only days with so many texts, as one alarm; none, and no times_usual: every text is told.",
        ),
        sa.Column(
            "times_usual",
            sa.REAL(),
            nullable=True,
            comment="Tell only days with so many times the usual of their weekday, and more than chance explains.",
        ),
        sa.Column(
            "recipients",
            postgresql.ARRAY(sa.Text()),
            server_default="{}",
            nullable=False,
            comment="Mail addresses; none: it stands in the digest only.",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="For colleagues."),
        sa.Column(
            "is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False, comment="Whether it is asked."
        ),
        sa.Column(
            "origin",
            sa.Text(),
            server_default="sql",
            nullable=False,
            comment="seeds: seeds/watches.csv keeps this row; sql: whoever wrote it does.",
        ),
        sa.Column(
            "problem",
            sa.Text(),
            nullable=True,
            comment="What is wrong with it, as of the last publishing; such a watch finds nothing.",
        ),
        sa.CheckConstraint("origin IN ('seeds', 'sql')", name=op.f("watch_origin_check")),
        sa.PrimaryKeyConstraint("watch_id", name=op.f("watch_pkey")),
        schema="core",
        comment="What the desk wants to hear about. Rows that an analyst edits.",
    )
    op.create_table(
        "digest",
        sa.Column("digest_on", sa.Date(), nullable=False, comment="The day that it is about."),
        sa.Column("uri", sa.Text(), nullable=False, comment="Where it was written."),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was written last.",
        ),
        sa.PrimaryKeyConstraint("digest_on", name=op.f("digest_pkey")),
        schema="ops",
        comment="Digests that were made.",
    )
    op.create_table(
        "watch_alarm",
        sa.Column("watch_id", sa.Text(), nullable=False, comment="The watch."),
        sa.Column("published_on", sa.Date(), nullable=False, comment="The day."),
        sa.Column("n_articles", sa.Integer(), nullable=False, comment="Texts of that day when it was told."),
        sa.Column(
            "expected", sa.Double(), nullable=True, comment="Usual number for that weekday, where there is a baseline."
        ),
        sa.Column("told_on", sa.Date(), nullable=False, comment="Day of the digest that tells it."),
        sa.PrimaryKeyConstraint("watch_id", "published_on", name=op.f("watch_alarm_pkey")),
        schema="ops",
        comment="Days on which a watch with a threshold or a trend fired, each told once.",
    )
    op.create_index(op.f("watch_alarm_told_on_idx"), "watch_alarm", ["told_on"], unique=False, schema="ops")
    op.create_table(
        "watch_hit",
        sa.Column("watch_id", sa.Text(), nullable=False, comment="The watch."),
        sa.Column(
            "article_id",
            sa.UUID(),
            nullable=False,
            comment="The article; what was told stays here when its article goes.",
        ),
        sa.Column("page_id", sa.UUID(), nullable=False, comment="Page that the article's row was taken from."),
        sa.Column(
            "published_on", sa.Date(), nullable=True, comment="First day published; none if no page dates it to a day."
        ),
        sa.Column("headline", sa.Text(), nullable=True, comment="Its headline."),
        sa.Column("part", sa.Text(), nullable=False, comment="headline or body: the text that the offsets count in."),
        sa.Column("sentence_no", sa.Integer(), nullable=False, comment="Sentence of the body; 0 in the headline."),
        sa.Column("sentence", sa.Text(), nullable=False, comment="The words of that sentence, or of the headline."),
        sa.Column("start_offset", sa.Integer(), nullable=False, comment="First character of what fired."),
        sa.Column("end_offset", sa.Integer(), nullable=False, comment="One past the last character."),
        sa.Column(
            "surface",
            sa.Text(),
            nullable=False,
            comment="What fired, as it is written there; the outlet's name for a watch of an outlet.",
        ),
        sa.Column("n_matches", sa.Integer(), nullable=False, comment="How often it stands in the article."),
        sa.Column(
            "found_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was found first.",
        ),
        sa.Column("told_on", sa.Date(), nullable=True, comment="Day of the digest that tells it; none until one does."),
        sa.CheckConstraint("part IN ('headline', 'body')", name=op.f("watch_hit_part_check")),
        sa.PrimaryKeyConstraint("watch_id", "article_id", name=op.f("watch_hit_pkey")),
        schema="ops",
        comment="Articles that watches found, each told once: in one digest, whatever is run or read again.",
    )
    op.create_index(op.f("watch_hit_article_id_idx"), "watch_hit", ["article_id"], unique=False, schema="ops")
    op.create_index(op.f("watch_hit_page_id_idx"), "watch_hit", ["page_id"], unique=False, schema="ops")
    op.create_index(op.f("watch_hit_told_on_idx"), "watch_hit", ["told_on"], unique=False, schema="ops")
    op.create_table(
        "digest_mail",
        sa.Column("digest_on", sa.Date(), nullable=False, comment="Day of the digest."),
        sa.Column("recipient", sa.Text(), nullable=False, comment="Whom it was sent to."),
        sa.Column(
            "sent_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the mail server took it.",
        ),
        sa.ForeignKeyConstraint(
            ["digest_on"], ["ops.digest.digest_on"], name=op.f("digest_mail_digest_on_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest_on", "recipient", name=op.f("digest_mail_pkey")),
        schema="ops",
        comment="Which digest was sent to whom: each once.",
    )


def downgrade() -> None:
    op.drop_table("digest_mail", schema="ops")
    op.drop_table("watch_hit", schema="ops")
    op.drop_table("watch_alarm", schema="ops")
    op.drop_table("digest", schema="ops")
    op.drop_table("watch", schema="core")
