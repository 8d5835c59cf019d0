"""what reports count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# Whatever changes what an article adds to the counts puts it on the list of what publishing has to look at again.
_NOTE = """
CREATE FUNCTION ops.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO ops.unpublished (article_id) SELECT DISTINCT article_id FROM old_rows;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ops.unpublished (article_id) SELECT DISTINCT article_id FROM new_rows;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION ops.note_change IS 'Writes the articles of changed rows into ops.unpublished.';
"""
_TRANSITIONS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}
# An article comes and goes with its appearances.
_NOTED = {
    "core.article": ("update",),
    "core.appearance": ("insert", "update", "delete"),
    "core.mention": ("insert", "update", "delete"),
    "core.story_article": ("insert", "update", "delete"),
}


def upgrade() -> None:
    op.create_table(
        "article_day",
        sa.Column("article_id", sa.UUID(), nullable=False, comment="The article."),
        sa.Column(
            "published_on", sa.Date(), nullable=True, comment="First day published; none if no page dates it to a day."
        ),
        sa.Column("story_id", sa.UUID(), nullable=False, comment="Its story."),
        sa.Column(
            "is_story_first",
            sa.Boolean(),
            nullable=False,
            comment="Whether it is the first text of its story: the earliest, then smallest id.",
        ),
        sa.Column("n_appearances", sa.Integer(), nullable=False, comment="Appearances on pages."),
        sa.PrimaryKeyConstraint("article_id", name=op.f("article_day_pkey")),
        schema="core",
        comment="When each article was first published, and which article stands for its story.",
    )
    op.create_index(op.f("article_day_published_on_idx"), "article_day", ["published_on"], unique=False, schema="core")
    op.create_index(op.f("article_day_story_id_idx"), "article_day", ["story_id"], unique=False, schema="core")
    op.create_table(
        "entity_article",
        sa.Column("article_id", sa.UUID(), nullable=False, comment="The article."),
        sa.Column("entity_id", sa.UUID(), nullable=False, comment="The entity that it names."),
        sa.Column("published_on", sa.Date(), nullable=True, comment="First day the article was published, if known."),
        sa.Column(
            "is_story_first",
            sa.Boolean(),
            nullable=False,
            comment="Whether it is the first text of its story that names the entity.",
        ),
        sa.Column("n_mentions", sa.Integer(), nullable=False, comment="Mentions."),
        sa.Column(
            "sentence_nos",
            postgresql.ARRAY(sa.Integer()),
            nullable=False,
            comment="Sentences that name it; 0 is the headline.",
        ),
        sa.PrimaryKeyConstraint("article_id", "entity_id", name=op.f("entity_article_pkey")),
        schema="core",
        comment="Which articles name which entities.",
    )
    op.create_index(
        op.f("entity_article_entity_id_published_on_article_id_idx"),
        "entity_article",
        ["entity_id", "published_on", "article_id"],
        unique=False,
        schema="core",
    )
    op.create_table(
        "entity_day",
        sa.Column("entity_id", sa.UUID(), nullable=False, comment="The entity."),
        sa.Column("published_on", sa.Date(), nullable=True, comment="The day; none counts what is not dated to a day."),
        sa.Column(
            "n_articles",
            sa.Integer(),
            nullable=False,
            comment="Texts that name it, each on the first day it was published.",
        ),
        sa.Column(
            "n_stories",
            sa.Integer(),
            nullable=False,
            comment="Stories that name it, each once, on the day of their first text that does.",
        ),
        sa.Column(
            "n_appearances",
            sa.Integer(),
            nullable=False,
            comment="Appearances of texts that name it, each on its own day.",
        ),
        sa.Column("n_mentions", sa.Integer(), nullable=False, comment="Mentions in those texts."),
        schema="core",
        comment="How much each entity was named by day. No primary key: the day may be unknown.",
    )
    op.create_index(
        "entity_day_empty_idx",
        "entity_day",
        ["entity_id"],
        unique=False,
        schema="core",
        postgresql_where=sa.text("n_articles = 0 AND n_appearances = 0"),
    )
    op.create_index(
        "entity_day_key",
        "entity_day",
        ["entity_id", "published_on"],
        unique=True,
        schema="core",
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        op.f("entity_day_published_on_entity_id_idx"),
        "entity_day",
        ["published_on", "entity_id"],
        unique=False,
        schema="core",
        postgresql_include=["n_articles", "n_stories", "n_appearances", "n_mentions"],
    )
    op.create_table(
        "entity_total",
        sa.Column("entity_id", sa.UUID(), nullable=False, comment="The entity."),
        sa.Column("n_articles", sa.Integer(), nullable=False, comment="Texts that name it."),
        sa.Column("n_stories", sa.Integer(), nullable=False, comment="Stories that name it."),
        sa.Column("n_appearances", sa.Integer(), nullable=False, comment="Appearances of texts that name it."),
        sa.Column("n_mentions", sa.Integer(), nullable=False, comment="Mentions."),
        sa.Column(
            "n_undated", sa.Integer(), nullable=False, comment="Of the texts, those that no page dates to a day."
        ),
        sa.PrimaryKeyConstraint("entity_id", name=op.f("entity_total_pkey")),
        schema="core",
        comment="How much each entity was named in all.",
    )
    op.create_index(op.f("entity_total_n_articles_idx"), "entity_total", ["n_articles"], unique=False, schema="core")
    op.create_table(
        "outlet_day",
        sa.Column(
            "outlet",
            sa.Text(),
            nullable=True,
            comment="Outlet's id where the reference table knows it, else its name as printed.",
        ),
        sa.Column("published_on", sa.Date(), nullable=True, comment="The day; none counts what is not dated to a day."),
        sa.Column("n_articles", sa.Integer(), nullable=False, comment="Texts."),
        sa.Column("n_appearances", sa.Integer(), nullable=False, comment="Appearances."),
        sa.Column("n_main", sa.Integer(), nullable=False, comment="Appearances as the main article of a page."),
        schema="core",
        comment="How much each outlet published by day. No primary key: outlet and day may both be unknown.",
    )
    op.create_index(
        "outlet_day_empty_idx",
        "outlet_day",
        ["outlet"],
        unique=False,
        schema="core",
        postgresql_where=sa.text("n_articles = 0 AND n_appearances = 0"),
    )
    op.create_index(
        "outlet_day_key",
        "outlet_day",
        ["outlet", "published_on"],
        unique=True,
        schema="core",
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(op.f("outlet_day_published_on_idx"), "outlet_day", ["published_on"], unique=False, schema="core")
    op.create_table(
        "press_day",
        sa.Column("published_on", sa.Date(), nullable=True, comment="The day; none counts what is not dated to a day."),
        sa.Column("n_articles", sa.Integer(), nullable=False, comment="Texts, each on the first day it was published."),
        sa.Column("n_stories", sa.Integer(), nullable=False, comment="Stories, each on the day of its first text."),
        sa.Column("n_appearances", sa.Integer(), nullable=False, comment="Appearances, each on its own day."),
        schema="core",
        comment="How much was published by day: what shares are shares of. No primary key: the day may be unknown.",
    )
    op.create_index(
        "press_day_key", "press_day", ["published_on"], unique=True, schema="core", postgresql_nulls_not_distinct=True
    )
    op.create_table(
        "publication",
        sa.Column("article_id", sa.UUID(), nullable=False, comment="The article."),
        sa.Column(
            "outlet",
            sa.Text(),
            nullable=True,
            comment="Outlet's id where the reference table knows it, else its name as printed.",
        ),
        sa.Column("published_on", sa.Date(), nullable=True, comment="Day published; none where no day is printed."),
        sa.Column("n_appearances", sa.Integer(), nullable=False, comment="Appearances there on that day."),
        sa.Column("n_main", sa.Integer(), nullable=False, comment="Of these, as the main article of a page."),
        schema="core",
        comment="Which outlet published an article on which day. No primary key: outlet and day may both be unknown.",
    )
    op.create_index(
        "publication_key",
        "publication",
        ["article_id", "outlet", "published_on"],
        unique=True,
        schema="core",
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        op.f("publication_outlet_published_on_idx"),
        "publication",
        ["outlet", "published_on"],
        unique=False,
        schema="core",
    )
    op.create_index(op.f("publication_published_on_idx"), "publication", ["published_on"], unique=False, schema="core")
    op.create_table(
        "search_letter",
        sa.Column("letter", sa.Text(), nullable=False, comment="A character that changes by folding."),
        sa.Column("folded", sa.Text(), nullable=False, comment="What it becomes."),
        sa.PrimaryKeyConstraint("letter", name=op.f("search_letter_pkey")),
        schema="core",
        comment="How the search folds letters: `rasd.arabic.text.fold`, character by character. Filled by migrate.",
    )
    op.create_table(
        "search_whole_word",
        sa.Column("word", sa.Text(), nullable=False, comment="A folded word."),
        sa.PrimaryKeyConstraint("word", name=op.f("search_whole_word_pkey")),
        schema="core",
        comment="Words that begin like a proclitic or the article and have neither (seeds/whole_words.txt).",
    )
    op.create_table(
        "unpublished",
        sa.Column("change_id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Order of arrival."),
        sa.Column("article_id", sa.UUID(), nullable=False, comment="The article of which something has changed."),
        sa.PrimaryKeyConstraint("change_id", name=op.f("unpublished_pkey")),
        schema="ops",
        comment="Articles changed since they were last published: triggers on core write them down, publishing takes them.",
    )
    op.create_index(op.f("unpublished_article_id_idx"), "unpublished", ["article_id"], unique=False, schema="ops")
    op.create_table(
        "article_search",
        sa.Column("article_id", sa.UUID(), nullable=False, comment="The article."),
        sa.Column(
            "text_sha256",
            sa.LargeBinary(),
            nullable=False,
            comment="core.article.text_sha256 of the words that were indexed.",
        ),
        sa.Column(
            "published_on", sa.Date(), nullable=True, comment="First day published; none if no page dates it to a day."
        ),
        sa.Column(
            "outlets",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Who published it: ids, or names as printed.",
        ),
        sa.Column(
            "tokens",
            postgresql.TSVECTOR(),
            nullable=False,
            comment="Keys of its words: folded, without proclitics and article. Headline: weight A, from 1; body: from 200.",
        ),
        sa.Column("search_version", sa.Text(), nullable=False, comment="Version of the rules that made the keys."),
        sa.ForeignKeyConstraint(
            ["article_id"], ["core.article.article_id"], name=op.f("article_search_article_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("article_search_pkey")),
        schema="core",
        comment="What articles are found by: report.search, or tokens @@ report.search_query('…').",
    )
    op.create_index(
        op.f("article_search_tokens_idx"),
        "article_search",
        ["tokens"],
        unique=False,
        schema="core",
        postgresql_using="gin",
    )
    op.create_index(op.f("entity_name_idx"), "entity", ["name"], unique=False, schema="core")
    op.execute(_NOTE)
    for table, events in _NOTED.items():
        for event in events:
            op.execute(
                f"CREATE TRIGGER note_{event} AFTER {event} ON {table} {_TRANSITIONS[event]}"
                " FOR EACH STATEMENT EXECUTE FUNCTION ops.note_change()"
            )
    op.execute("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article")


def downgrade() -> None:
    for table, events in _NOTED.items():
        for event in events:
            op.execute(f"DROP TRIGGER note_{event} ON {table}")
    op.execute("DROP FUNCTION ops.note_change")
    op.drop_index(op.f("entity_name_idx"), table_name="entity", schema="core")
    op.drop_index(op.f("article_search_tokens_idx"), table_name="article_search", schema="core", postgresql_using="gin")
    op.drop_table("article_search", schema="core")
    op.drop_index(op.f("unpublished_article_id_idx"), table_name="unpublished", schema="ops")
    op.drop_table("unpublished", schema="ops")
    op.drop_table("search_whole_word", schema="core")
    op.drop_table("search_letter", schema="core")
    op.drop_index(op.f("publication_published_on_idx"), table_name="publication", schema="core")
    op.drop_index(op.f("publication_outlet_published_on_idx"), table_name="publication", schema="core")
    op.drop_index("publication_key", table_name="publication", schema="core", postgresql_nulls_not_distinct=True)
    op.drop_table("publication", schema="core")
    op.drop_index("press_day_key", table_name="press_day", schema="core", postgresql_nulls_not_distinct=True)
    op.drop_table("press_day", schema="core")
    op.drop_index(op.f("outlet_day_published_on_idx"), table_name="outlet_day", schema="core")
    op.drop_index("outlet_day_key", table_name="outlet_day", schema="core", postgresql_nulls_not_distinct=True)
    op.drop_table("outlet_day", schema="core")
    op.drop_index(op.f("entity_total_n_articles_idx"), table_name="entity_total", schema="core")
    op.drop_table("entity_total", schema="core")
    op.drop_index(
        op.f("entity_day_published_on_entity_id_idx"),
        table_name="entity_day",
        schema="core",
        postgresql_include=["n_articles", "n_stories", "n_appearances", "n_mentions"],
    )
    op.drop_index("entity_day_key", table_name="entity_day", schema="core", postgresql_nulls_not_distinct=True)
    op.drop_table("entity_day", schema="core")
    op.drop_index(
        op.f("entity_article_entity_id_published_on_article_id_idx"), table_name="entity_article", schema="core"
    )
    op.drop_table("entity_article", schema="core")
    op.drop_index(op.f("article_day_story_id_idx"), table_name="article_day", schema="core")
    op.drop_index(op.f("article_day_published_on_idx"), table_name="article_day", schema="core")
    op.drop_table("article_day", schema="core")
