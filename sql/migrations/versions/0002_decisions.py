"""what a person decided about entities, and what the reference data knows of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KNOWN = (
    ("kind", sa.Text(), "The finer sort in the reference data: country, city, media, party, president, …"),
    ("country", sa.Text(), "ISO 3166-1 alpha-2 code of the country it is, lies in or belongs to."),
    ("wikidata_id", sa.Text(), "Item in wikidata.org (Q1065), where known with certainty."),
    ("geonames_id", sa.BigInteger(), "Number in geonames.org, of cities."),
    ("latitude", sa.Double(), "Degrees north, of cities."),
    ("longitude", sa.Double(), "Degrees east, of cities."),
)


def upgrade() -> None:
    for name, type_, comment in _KNOWN:
        op.add_column("entity", sa.Column(name, type_, nullable=True, comment=comment), schema="core")
    op.create_table(
        "decision",
        sa.Column("decision_id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Counts up."),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="join: two entities are one. split: a name of it is another's. rename: its name to show. not_a_name: no name.",
        ),
        sa.Column(
            "entity_key",
            sa.Text(),
            nullable=False,
            comment="The entity it is about, by the key that it had then; of a join, the one that stays.",
        ),
        sa.Column("other_key", sa.Text(), nullable=True, comment="Of a join, the entity that becomes part of it."),
        sa.Column(
            "name",
            sa.Text(),
            nullable=True,
            comment="Of a split, the name set apart; of a rename, the new one; of not_a_name, which name: none for all of them.",
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why, in the words of who decided."),
        sa.Column("decided_by", sa.Text(), nullable=False, comment="Who decided."),
        sa.Column(
            "decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When."
        ),
        sa.Column("undone_by", sa.Text(), nullable=True, comment="Who took it back."),
        sa.Column(
            "undone_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was taken back; none while it holds.",
        ),
        sa.CheckConstraint("kind IN ('join', 'split', 'rename', 'not_a_name')", name=op.f("decision_kind_check")),
        sa.CheckConstraint("(kind = 'join') = (other_key IS NOT NULL)", name=op.f("decision_join_has_other_check")),
        sa.CheckConstraint(
            "kind = 'not_a_name' OR (kind = 'join') = (name IS NULL)", name=op.f("decision_names_what_check")
        ),
        sa.CheckConstraint("(undone_by IS NULL) = (undone_at IS NULL)", name=op.f("decision_undone_check")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("decision_pkey")),
        schema="core",
        comment="What a person decided about entities. It beats every rule; rows are added and taken back, never changed.",
    )
    for column in ("entity_key", "other_key"):
        op.create_index(op.f(f"decision_{column}_idx"), "decision", [column], unique=False, schema="core")


def downgrade() -> None:
    op.drop_table("decision", schema="core")
    for name, _, _ in _KNOWN:
        op.drop_column("entity", name, schema="core")
