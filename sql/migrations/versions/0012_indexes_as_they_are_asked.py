"""indexes as they are asked, and smaller; what each outlet published in all.

A key that is made of a digest is as unique as the digest. What reports ask by outlet and day they ask of the counts.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COUNT = """
INSERT INTO core.outlet_total (outlet, n_articles, n_appearances, n_undated, n_undated_appearances)
SELECT outlet, sum(n_articles), sum(n_appearances), coalesce(sum(n_articles) FILTER (WHERE published_on IS NULL), 0),
  coalesce(sum(n_appearances) FILTER (WHERE published_on IS NULL), 0)
FROM core.outlet_day GROUP BY outlet
"""


def upgrade() -> None:
    op.create_table(
        "outlet_total",
        sa.Column(
            "outlet",
            sa.Text(),
            nullable=True,
            comment="Outlet's id where the reference table knows it, else its name as printed.",
        ),
        sa.Column("n_articles", sa.Integer(), nullable=False, comment="Texts, once for each day."),
        sa.Column("n_appearances", sa.Integer(), nullable=False, comment="Appearances."),
        sa.Column(
            "n_undated",
            sa.Integer(),
            nullable=False,
            comment="Of the texts, those that no page of the outlet dates to a day.",
        ),
        sa.Column(
            "n_undated_appearances",
            sa.Integer(),
            nullable=False,
            comment="Of the appearances, those without a day.",
        ),
        schema="core",
        comment="How much each outlet published in all. No primary key: the outlet may be unknown.",
    )
    op.create_index(
        "outlet_total_key",
        "outlet_total",
        ["outlet"],
        unique=True,
        schema="core",
        postgresql_nulls_not_distinct=True,
    )
    op.execute(_COUNT)
    op.create_index(
        "mention_reason_idx",
        "mention",
        ["sense_id", "spelling", sa.text("((link_score * 1000)::integer)"), "link_rule"],
        schema="core",
    )
    op.drop_index("mention_sense_id_spelling_link_score_link_rule_idx", table_name="mention", schema="core")
    op.drop_index("appearance_published_on_idx", table_name="appearance", schema="core")
    op.drop_index("appearance_outlet_id_published_on_idx", table_name="appearance", schema="core")
    op.create_index(
        "page_doubtful_idx",
        "page",
        ["confidence"],
        schema="core",
        postgresql_where=sa.text("confidence < 0.5 AND n_articles > 0"),
    )
    op.create_index(
        "entity_article_newest_idx",
        "entity_article",
        ["entity_id", sa.text("published_on DESC NULLS LAST"), sa.text("article_id DESC")],
        schema="core",
    )
    op.drop_index("entity_article_entity_id_published_on_article_id_idx", table_name="entity_article", schema="core")
    op.drop_constraint("article_fingerprint_key", "article", schema="core")
    op.drop_constraint("page_sha256_key", "page", schema="raw")


def downgrade() -> None:
    op.create_index(
        "entity_article_entity_id_published_on_article_id_idx",
        "entity_article",
        ["entity_id", "published_on", "article_id"],
        schema="core",
    )
    op.drop_index("entity_article_newest_idx", table_name="entity_article", schema="core")
    op.drop_index("page_doubtful_idx", table_name="page", schema="core")
    op.create_unique_constraint("page_sha256_key", "page", ["sha256"], schema="raw")
    op.create_unique_constraint("article_fingerprint_key", "article", ["fingerprint"], schema="core")
    op.create_index("appearance_outlet_id_published_on_idx", "appearance", ["outlet_id", "published_on"], schema="core")
    op.create_index("appearance_published_on_idx", "appearance", ["published_on"], schema="core")
    op.create_index(
        "mention_sense_id_spelling_link_score_link_rule_idx",
        "mention",
        ["sense_id", "spelling", "link_score", "link_rule"],
        schema="core",
    )
    op.drop_index("mention_reason_idx", table_name="mention", schema="core")
    op.drop_index("outlet_total_key", table_name="outlet_total", schema="core")
    op.drop_table("outlet_total", schema="core")
