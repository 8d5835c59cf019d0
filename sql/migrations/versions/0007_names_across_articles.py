"""names across articles, adjectives of places, speakers of quotations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What older versions understood stays readable: each entity becomes a sense of its own, until the next run, whose
# recogniser's version is another one, writes the articles anew.
_CARRY_OVER = """
INSERT INTO core.sense (sense_id, sense_key, entity_type, name, is_curated, is_short, is_common, countries, fields,
  companions, group_id, rule, score, is_open, entity_id, joining_version, run_id)
SELECT entity_id, entity_key, entity_type, substr(entity_key, strpos(entity_key, '/') + 1), is_curated, false, false,
  '{}', '{}', '{}', entity_id, 'own name', 0.95, false, entity_id, '0', run_id
FROM core.entity;
INSERT INTO core.sense_name (sense_id, name, phrase, rule, score, entity_id, is_decided, run_id)
SELECT entity_id, name, name, rule, score, entity_id, false, run_id FROM core.entity_name;
UPDATE core.mention SET sense_id = entity_id;
"""


def upgrade() -> None:
    op.create_table(
        "sense",
        sa.Column("sense_id", sa.UUID(), nullable=False, comment="Derived from the key."),
        sa.Column(
            "sense_key",
            sa.Text(),
            nullable=False,
            comment="Readable: type and a reference id (LOC/country/KZ), or type and folded full name (PER/نورلان اسكاروف), with the setting where several bear the name (PER/محمد العلي@SY/state), or the decision that set it apart (…#12).",
        ),
        sa.Column("entity_type", sa.Text(), nullable=False, comment="PER, LOC, ORG or MISC."),
        sa.Column("name", sa.Text(), nullable=False, comment="The full name, folded for comparison."),
        sa.Column(
            "country", sa.Text(), nullable=True, comment="Setting of a name that several bear: ISO 3166-1 alpha-2 code."
        ),
        sa.Column(
            "field",
            sa.Text(),
            nullable=True,
            comment="Setting of a name that several bear: field, as in seeds/names/roles.csv.",
        ),
        sa.Column("is_curated", sa.Boolean(), nullable=False, comment="Whether the reference data in seeds/ knows it."),
        sa.Column(
            "is_short",
            sa.Boolean(),
            nullable=False,
            comment="Whether the name is too short to say who is meant: a surname alone.",
        ),
        sa.Column(
            "is_common",
            sa.Boolean(),
            nullable=False,
            comment="Whether several bear the name, so that the setting has to tell them apart.",
        ),
        sa.Column(
            "block",
            sa.Text(),
            nullable=True,
            comment="What all spellings of the name share; none where no rule compares spellings.",
        ),
        sa.Column(
            "family",
            sa.Text(),
            nullable=True,
            comment="What names that end in spellings of the same word share; persons only.",
        ),
        sa.Column(
            "countries",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Settings of its articles (of the first fifty by id): countries.",
        ),
        sa.Column("fields", postgresql.ARRAY(sa.Text()), nullable=False, comment="Settings of its articles: fields."),
        sa.Column(
            "companions",
            postgresql.ARRAY(sa.UUID()),
            nullable=False,
            comment="Senses that its articles name beside it and that tell who it is.",
        ),
        sa.Column(
            "group_id",
            sa.UUID(),
            nullable=False,
            comment="Sense that stands for it and its other spellings and settings: the group.",
        ),
        sa.Column("attached_id", sa.UUID(), nullable=True, comment="Group that a short name points to."),
        sa.Column("rule", sa.Text(), nullable=False, comment="Rule that joined it to the group, or attached it."),
        sa.Column("score", sa.REAL(), nullable=False, comment="How sure the rule is, 0 to 1."),
        sa.Column(
            "is_open",
            sa.Boolean(),
            nullable=False,
            comment="Whether it might be one of several: core.sense_candidate lists them.",
        ),
        sa.Column(
            "entity_id",
            sa.UUID(),
            nullable=True,
            comment="Entity that rules and decisions make of it; none where a person said that it is no name.",
        ),
        sa.Column(
            "joining_version", sa.Text(), nullable=False, comment="Version of the joining rules that made this row."
        ),
        sa.Column("run_id", sa.UUID(), nullable=False, comment="Run that made this row."),
        sa.CheckConstraint("entity_type IN ('PER', 'LOC', 'ORG', 'MISC')", name=op.f("sense_entity_type_check")),
        sa.ForeignKeyConstraint(["entity_id"], ["core.entity.entity_id"], name=op.f("sense_entity_id_fkey")),
        sa.ForeignKeyConstraint(["run_id"], ["ops.run.run_id"], name=op.f("sense_run_id_fkey")),
        sa.PrimaryKeyConstraint("sense_id", name=op.f("sense_pkey")),
        sa.UniqueConstraint("sense_key", name=op.f("sense_sense_key_key")),
        schema="core",
        comment="Names as articles use them, each in one setting, and what they were joined to: by which rule, how surely.",
    )
    op.create_index(
        "sense_attached_id_idx",
        "sense",
        ["attached_id"],
        unique=False,
        schema="core",
        postgresql_where=sa.text("attached_id IS NOT NULL"),
    )
    op.create_index(op.f("sense_block_idx"), "sense", ["block"], unique=False, schema="core")
    op.create_index(op.f("sense_entity_id_idx"), "sense", ["entity_id"], unique=False, schema="core")
    op.create_index(op.f("sense_family_idx"), "sense", ["family"], unique=False, schema="core")
    op.create_index(op.f("sense_group_id_idx"), "sense", ["group_id"], unique=False, schema="core")
    op.create_index(op.f("sense_name_idx"), "sense", ["name"], unique=False, schema="core")
    op.create_table(
        "sense_candidate",
        sa.Column("sense_id", sa.UUID(), nullable=False, comment="The sense that is open."),
        sa.Column("candidate_id", sa.UUID(), nullable=False, comment="Group that it may belong to."),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why it may."),
        sa.Column("score", sa.REAL(), nullable=False, comment="How likely, 0 to 1."),
        sa.Column("run_id", sa.UUID(), nullable=False, comment="Run that made or last changed this row."),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["core.sense.sense_id"],
            name=op.f("sense_candidate_candidate_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sense_id"], ["core.sense.sense_id"], name=op.f("sense_candidate_sense_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sense_id", "candidate_id", name=op.f("sense_candidate_pkey")),
        schema="core",
        comment="What names may mean that were left open: ambiguity stays visible.",
    )
    op.create_index(
        op.f("sense_candidate_candidate_id_idx"), "sense_candidate", ["candidate_id"], unique=False, schema="core"
    )
    op.create_table(
        "sense_name",
        sa.Column("sense_id", sa.UUID(), nullable=False, comment="The sense."),
        sa.Column("name", sa.Text(), nullable=False, comment="A spelling met in print."),
        sa.Column("phrase", sa.Text(), nullable=False, comment="The spelling folded for comparison."),
        sa.Column(
            "rule",
            sa.Text(),
            nullable=False,
            comment="Strongest of the rules by which articles take this spelling for the sense.",
        ),
        sa.Column("score", sa.REAL(), nullable=False, comment="How sure that rule is, 0 to 1."),
        sa.Column(
            "entity_id",
            sa.UUID(),
            nullable=True,
            comment="Entity that its mentions point to; none where a person said that it is no name.",
        ),
        sa.Column(
            "is_decided",
            sa.Boolean(),
            nullable=False,
            comment="Whether a person's decision says so, and not the rules.",
        ),
        sa.Column("run_id", sa.UUID(), nullable=False, comment="Run that made or last changed this row."),
        sa.ForeignKeyConstraint(["entity_id"], ["core.entity.entity_id"], name=op.f("sense_name_entity_id_fkey")),
        sa.ForeignKeyConstraint(
            ["sense_id"], ["core.sense.sense_id"], name=op.f("sense_name_sense_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sense_id", "name", name=op.f("sense_name_pkey")),
        schema="core",
        comment="All spellings of a sense, within articles: what entities' names are put together from.",
    )
    op.create_index(op.f("sense_name_entity_id_idx"), "sense_name", ["entity_id"], unique=False, schema="core")
    op.create_index(op.f("sense_name_phrase_idx"), "sense_name", ["phrase"], unique=False, schema="core")
    op.create_table(
        "demonym",
        sa.Column("article_id", sa.UUID(), nullable=False, comment="The article."),
        sa.Column("part", sa.Text(), nullable=False, comment="headline or body: the text that the offsets count in."),
        sa.Column(
            "start_offset",
            sa.Integer(),
            nullable=False,
            comment="First character of the adjective, its proclitic left out.",
        ),
        sa.Column("end_offset", sa.Integer(), nullable=False, comment="One past the last character."),
        sa.Column("sentence_no", sa.Integer(), nullable=False, comment="Sentence of the body; 0 in the headline."),
        sa.Column("surface", sa.Text(), nullable=False, comment="The adjective as written."),
        sa.Column("prefix", sa.Text(), nullable=False, comment="Proclitic in front of it (و ف ب ل ك س), or empty."),
        sa.Column("sense_id", sa.UUID(), nullable=False, comment="The country or region that it belongs to."),
        sa.Column(
            "recogniser_version", sa.Text(), nullable=False, comment="Version of the recogniser that made this row."
        ),
        sa.Column("run_id", sa.UUID(), nullable=False, comment="Run that made this row."),
        sa.CheckConstraint("part IN ('headline', 'body')", name=op.f("demonym_part_check")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["core.article.article_id"], name=op.f("demonym_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sense_id"], ["core.sense.sense_id"], name=op.f("demonym_sense_id_fkey")),
        sa.PrimaryKeyConstraint("article_id", "part", "start_offset", name=op.f("demonym_pkey")),
        schema="core",
        comment="Relational adjectives (السعودي, الروسية): no mentions of the place, but linked to it.",
    )
    op.create_index(
        op.f("demonym_sense_id_article_id_idx"), "demonym", ["sense_id", "article_id"], unique=False, schema="core"
    )
    op.create_table(
        "naming",
        sa.Column("sense_id", sa.UUID(), nullable=False, comment="The sense."),
        sa.Column("article_id", sa.UUID(), nullable=False, comment="The article."),
        sa.Column("country", sa.Text(), nullable=True, comment="Country in whose setting the article names it."),
        sa.Column("field", sa.Text(), nullable=True, comment="Field in which the article shows it."),
        sa.Column(
            "companions",
            postgresql.ARRAY(sa.UUID()),
            nullable=False,
            comment="Senses that the article names beside it and that tell who it is.",
        ),
        sa.Column("run_id", sa.UUID(), nullable=False, comment="Run that made or last changed this row."),
        sa.ForeignKeyConstraint(
            ["article_id"], ["core.article.article_id"], name=op.f("naming_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sense_id"], ["core.sense.sense_id"], name=op.f("naming_sense_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sense_id", "article_id", name=op.f("naming_pkey")),
        schema="core",
        comment="In which setting an article names somebody: the evidence by which names that many bear are told apart.",
    )
    op.create_index(op.f("naming_article_id_idx"), "naming", ["article_id"], unique=False, schema="core")
    op.create_table(
        "speaker",
        sa.Column("article_id", sa.UUID(), nullable=False, comment="The article."),
        sa.Column("quotation_no", sa.Integer(), nullable=False, comment="The quotation, as core.quotation numbers it."),
        sa.Column("sense_id", sa.UUID(), nullable=False, comment="Who speaks."),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="Spelling under which the article names the speaker there or last.",
        ),
        sa.Column(
            "rule",
            sa.Text(),
            nullable=False,
            comment="Why it is taken for this one: named, name nearby, pronoun, role.",
        ),
        sa.Column("score", sa.REAL(), nullable=False, comment="How sure that is, 0 to 1."),
        sa.Column(
            "recogniser_version", sa.Text(), nullable=False, comment="Version of the recogniser that made this row."
        ),
        sa.Column("run_id", sa.UUID(), nullable=False, comment="Run that made this row."),
        sa.ForeignKeyConstraint(
            ["article_id"], ["core.article.article_id"], name=op.f("speaker_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sense_id"], ["core.sense.sense_id"], name=op.f("speaker_sense_id_fkey")),
        sa.PrimaryKeyConstraint("article_id", "quotation_no", name=op.f("speaker_pkey")),
        schema="core",
        comment="Speakers of quotations, where the text tells which entity it is; the others stay open.",
    )
    op.create_index(op.f("speaker_sense_id_idx"), "speaker", ["sense_id"], unique=False, schema="core")
    op.add_column(
        "annotation",
        sa.Column(
            "page_digest",
            sa.Text(),
            nullable=False,
            server_default="",
            comment="Digest of what its pages say beside the words: countries of outlets, places of datelines, quotations.",
        ),
        schema="core",
    )
    op.add_column(
        "entity",
        sa.Column(
            "is_renamed",
            sa.Boolean(),
            nullable=False,
            server_default="false",
            comment="Whether a person decided which name to show.",
        ),
        schema="core",
    )
    op.alter_column(
        "entity",
        "entity_key",
        existing_type=sa.TEXT(),
        comment="Readable: the key of the sense that stands for it. One that went into another entity is found in core.sense.",
        existing_comment="Readable stable name: type, then a reference id or the folded full name.",
        existing_nullable=False,
        schema="core",
    )
    op.alter_column(
        "entity",
        "is_curated",
        existing_type=sa.BOOLEAN(),
        comment="Whether it is in the reference data in seeds/.",
        existing_comment="Whether the name comes from the reference data in seeds/.",
        existing_nullable=False,
        schema="core",
    )
    op.alter_column(
        "entity_name",
        "rule",
        existing_type=sa.TEXT(),
        comment="Strongest of the rules that joined this spelling to the entity, or: decision.",
        existing_comment="Strongest of the rules that joined this spelling to the entity.",
        existing_nullable=False,
        schema="core",
    )
    op.add_column(
        "mention",
        sa.Column("sense_id", sa.UUID(), nullable=True, comment="What its article takes it for."),
        schema="core",
    )
    op.alter_column(
        "mention",
        "entity_id",
        existing_type=sa.UUID(),
        nullable=True,
        comment="What it points to; none where a person said that it is no name.",
        existing_comment="What it points to.",
        schema="core",
    )
    op.alter_column(
        "mention",
        "link_rule",
        existing_type=sa.TEXT(),
        comment="Rule by which its article takes it for that sense.",
        existing_comment="Rule by which it points to that entity.",
        existing_nullable=False,
        schema="core",
    )
    op.drop_index(op.f("mention_entity_id_spelling_link_score_link_rule_idx"), table_name="mention", schema="core")

    op.execute(_CARRY_OVER)
    op.alter_column("mention", "sense_id", nullable=False, schema="core")
    op.create_index(
        op.f("mention_entity_id_spelling_idx"), "mention", ["entity_id", "spelling"], unique=False, schema="core"
    )
    op.create_index(
        op.f("mention_sense_id_spelling_link_score_link_rule_idx"),
        "mention",
        ["sense_id", "spelling", "link_score", "link_rule"],
        unique=False,
        schema="core",
    )
    op.create_foreign_key(
        op.f("mention_sense_id_fkey"),
        "mention",
        "sense",
        ["sense_id"],
        ["sense_id"],
        source_schema="core",
        referent_schema="core",
    )
    op.add_column(
        "quotation",
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            server_default="direct",
            comment="direct (speech as it was said), partial (some words of it) or term (no speech: a name).",
        ),
        schema="core",
    )
    op.add_column(
        "quotation",
        sa.Column(
            "speaker_start", sa.Integer(), nullable=True, comment="Where these words begin, in core.article.body."
        ),
        schema="core",
    )
    op.add_column(
        "quotation",
        sa.Column("speaker_end", sa.Integer(), nullable=True, comment="One past their last character."),
        schema="core",
    )
    op.add_column(
        "quotation",
        sa.Column(
            "speaker_how",
            sa.Text(),
            nullable=True,
            comment="named, nominal (by a role: الوزير) or pronominal (وأضاف: the speaker before); none where the text names none.",
        ),
        schema="core",
    )
    op.alter_column("annotation", "page_digest", server_default=None, schema="core")
    op.alter_column("entity", "is_renamed", server_default=None, schema="core")
    op.alter_column("quotation", "kind", server_default=None, schema="core")


def downgrade() -> None:
    raise NotImplementedError("restore a backup: which senses made up an entity is not known before this schema")
