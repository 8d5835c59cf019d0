"""The warehouse's tables: the one place that says what they are, how they hang together and what each column means.

Migrations bring a database to this state (a drift check compares the two), and the reference in
`docs/warehouse.md` is printed from the comments here. Names: layer first (`raw`, `core`, `ops`), tables in the
singular, `_at` for points in time, `_on` for days, `n_` for counts, `is_` for booleans. Offsets count characters
from 0, end exclusive: `substr(text, start_offset + 1, end_offset - start_offset)`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

SCHEMAS = ("raw", "core", "ops", "report")

metadata = sa.MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    }
)

SEGMENT_KINDS = (
    "title", "metadata", "dateline", "main_article", "related_article", "tweet",
    "navigation", "tags", "related_marker", "boilerplate",
)  # fmt: skip
OUTCOMES = ("loaded", "updated", "duplicate", "quarantined")
DECISION_KINDS = ("join", "split", "rename", "not_a_name")
# What a reader may say that a segment or a mention should have been.
REVIEW_ANSWERS = {
    "segment": SEGMENT_KINDS,
    "mention": ("PER", "LOC", "ORG", "MISC", "not_a_name", "other_bounds", "other_entity"),
}
REVIEW_SUBJECTS = tuple(REVIEW_ANSWERS)


def _column(name: str, type_: Any, comment: str, *args: Any, null: bool = False, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, type_, *args, nullable=null, comment=comment, **options)


def _one_of(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(repr(v) for v in values)})", name=column)


def _stamp(maker: str, version: str, *, is_checked: bool = True) -> tuple[sa.Column[Any], sa.Column[Any]]:
    # Tables name their run unchecked where the row above them, written with them, names it checked: looking it up for
    # every row took a fifth of the merge of what an article has by the dozen.
    checked = (sa.ForeignKey("ops.run.run_id"),) if is_checked else ()
    return (
        _column(version, sa.Text, f"Version of the {maker} that made this row."),
        _column("run_id", pg.UUID, "Run that made this row.", *checked),
    )


def _checked_by_set(parent: str) -> dict[str, str]:
    # Rows of which an article has dozens refer to their parents without a foreign key, which would look each of them up
    # by itself: triggers check a statement's rows together (`core.has_parent`, `core.parent_goes`).
    return {"parent": parent}


_now = sa.text("now()")

# ops ------------------------------------------------------------------------------------------------------------

run = sa.Table(
    "run",
    metadata,
    _column("run_id", pg.UUID, "One execution of a pipeline.", primary_key=True),
    _column(
        "external_id", sa.Text, "The scheduler's own name of the run, so that its retries find it again.", null=True
    ),
    _column("pipeline", sa.Text, "What was run: ingest or reprocess."),
    _column("options", pg.JSONB, "What it was asked to do, as given."),
    _column("reader_version", sa.Text, "Version of the reader in this run."),
    _column("recogniser_version", sa.Text, "Engine, model and version of the recogniser in this run."),
    _column("state", sa.Text, "open, closed (its books add up), or failed."),
    _column("started_at", sa.DateTime(timezone=True), "When it began.", server_default=_now),
    _column("heartbeat_at", sa.DateTime(timezone=True), "When it last did something.", server_default=_now),
    _column("listed_at", sa.DateTime(timezone=True), "When all that it has to see had been listed.", null=True),
    _column("closed_at", sa.DateTime(timezone=True), "When its books were closed.", null=True),
    _column("n_seen", sa.Integer, "Pages it saw: the sum of the four outcomes once closed.", server_default="0"),
    _column("n_loaded", sa.Integer, "Pages that were new.", server_default="0"),
    _column("n_updated", sa.Integer, "Known pages whose rows it replaced.", server_default="0"),
    _column("n_duplicate", sa.Integer, "Known pages for which there was nothing to do.", server_default="0"),
    _column("n_quarantined", sa.Integer, "Pages that could not be processed.", server_default="0"),
    _column("n_waiting", sa.Integer, "Files left for the next run, still being written.", server_default="0"),
    sa.UniqueConstraint("external_id"),
    _one_of("state", ("open", "closed", "failed")),
    _one_of("pipeline", ("ingest", "reprocess")),
    sa.CheckConstraint(
        "state <> 'closed' OR n_seen = n_loaded + n_updated + n_duplicate + n_quarantined", name="books_close"
    ),
    sa.Index(None, "started_at"),
    sa.Index("run_open_idx", "run_id", postgresql_where=sa.text("state = 'open'")),
    schema="ops",
    comment="Runs and their books. pages seen = loaded + updated + duplicate + quarantined, or the run is not closed.",
)

source = sa.Table(
    "source",
    metadata,
    _column("run_id", pg.UUID, "Run that listed it.", sa.ForeignKey("ops.run.run_id", ondelete="CASCADE")),
    _column("source_no", sa.Integer, "Place in the listing, from 1."),
    _column("uri", sa.Text, "Where the file lies."),
    _column("n_bytes", sa.BigInteger, "Size as listed.", null=True),
    _column("modified_at", sa.DateTime(timezone=True), "Modification time as listed.", null=True),
    _column("land_batch_no", sa.Integer, "Batch that lands it, from 1."),
    _column("landed_at", sa.DateTime(timezone=True), "When all of it had been landed.", null=True),
    sa.PrimaryKeyConstraint("run_id", "source_no"),
    sa.Index(None, "run_id", "land_batch_no"),
    schema="ops",
    comment="Files that a run listed, and how far it has come with them. Forgotten a day after the run's books close.",
)

outcome = sa.Table(
    "outcome",
    metadata,
    _column("run_id", pg.UUID, "Run that saw the page.", sa.ForeignKey("ops.run.run_id", ondelete="CASCADE")),
    _column("source_no", sa.Integer, "File it came in (ops.source), or 0 for a page taken from the warehouse."),
    _column("page_no", sa.Integer, "Place of the page in its file, from 1."),
    _column(
        "page_id",
        pg.UUID,
        "The page; none if its bytes could not be had.",
        sa.ForeignKey("raw.page.page_id"),
        null=True,
    ),
    _column("uri", sa.Text, "Where it lay."),
    _column(
        "member", sa.Text, "Which member or record of that file it was; empty for the file itself.", server_default=""
    ),
    _column("is_known", sa.Boolean, "Whether the warehouse already held rows of this page when the run saw it."),
    _column("batch_no", sa.Integer, "Batch that processes it, from 1; none if there is nothing to do.", null=True),
    _column("outcome", sa.Text, "loaded, updated, duplicate or quarantined; none until known.", null=True),
    _column(
        "reason", sa.Text, "Reason word of a quarantined page, or the run that did the work of a duplicate.", null=True
    ),
    sa.PrimaryKeyConstraint("run_id", "source_no", "page_no"),
    _one_of("outcome", OUTCOMES),
    sa.Index(None, "run_id", "batch_no"),
    sa.Index("outcome_open_idx", "run_id", postgresql_where=sa.text("outcome IS NULL")),
    schema="ops",
    comment="What became of every page of every run: exactly one outcome each.",
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    _column(
        "quarantine_id",
        pg.UUID,
        "Derived from the page, or from its place where the bytes could not be had.",
        primary_key=True,
    ),
    _column("page_id", pg.UUID, "The page, where its bytes are kept.", sa.ForeignKey("raw.page.page_id"), null=True),
    _column("uri", sa.Text, "Where it lay when it was first refused."),
    _column("member", sa.Text, "Which member or record of that file; empty for the file itself.", server_default=""),
    _column("stage", sa.Text, "Step that refused it: land or read."),
    _column("reason", sa.Text, "Short stable word for grouping."),
    _column("detail", sa.Text, "What is wrong, for a person."),
    _column("advice", sa.Text, "What to do about it, for a person.", null=True),
    _column("reader_version", sa.Text, "Version of the reader that refused it; a newer one tries again."),
    _column("run_id", pg.UUID, "Run that put it here last.", sa.ForeignKey("ops.run.run_id")),
    _column("quarantined_at", sa.DateTime(timezone=True), "When it was put here last.", server_default=_now),
    _column(
        "released_at",
        sa.DateTime(timezone=True),
        "When it was let go, to be tried again; none while it is held.",
        null=True,
    ),
    _column("released_by", sa.Text, "Who let it go.", null=True),
    _column("resolved_at", sa.DateTime(timezone=True), "When trying again succeeded.", null=True),
    _one_of("stage", ("land", "read")),
    sa.Index(None, "page_id"),
    sa.Index(None, "uri"),
    sa.Index("quarantine_held_idx", "reason", postgresql_where=sa.text("released_at IS NULL")),
    schema="ops",
    comment="Pages that could not be processed, why, and what to do. Release one and the next run tries it again.",
)

quality_check = sa.Table(
    "quality_check",
    metadata,
    _column("check_name", sa.Text, "Short stable name.", primary_key=True),
    _column("question", sa.Text, "What is counted, for a person."),
    _column("severity", sa.Text, "error: a run in which it fails turns red. warning: it is told."),
    _column("at_most", sa.Double, "The largest value that is well."),
    _column(
        "statement",
        sa.Text,
        "Gives one row: value, example. Looks at checked_run, checked_page and checked_article (their ids).",
    ),
    _column("is_own", sa.Boolean, "Added here, not shipped with Rasd: migrate leaves it alone.", server_default="true"),
    _one_of("severity", ("error", "warning")),
    schema="ops",
    comment="What is checked after every run. Shipped ones come from sql/checks; add your own as rows.",
)

check_result = sa.Table(
    "check_result",
    metadata,
    _column("check_result_id", sa.BigInteger, "Counts up.", sa.Identity(always=True), primary_key=True),
    _column("check_name", sa.Text, "The check; kept when the check itself has gone."),
    _column(
        "run_id",
        pg.UUID,
        "Run whose pages were looked at; none if all were.",
        sa.ForeignKey("ops.run.run_id", ondelete="CASCADE"),
        null=True,
    ),
    _column("checked_at", sa.DateTime(timezone=True), "When.", server_default=_now),
    _column("severity", sa.Text, "error or warning, as it was then."),
    _column("value", sa.Double, "What was counted; none if the check could not be made.", null=True),
    _column("at_most", sa.Double, "The largest value that would have been well."),
    _column("is_passed", sa.Boolean, "Whether it was."),
    _column("example", sa.Text, "One of what was counted, or why it could not be.", null=True),
    _column("duration_seconds", sa.REAL, "How long it took."),
    sa.Index(None, "check_name", "checked_at"),
    sa.Index(None, "run_id"),
    schema="ops",
    comment="What every check found.",
)

unpublished = sa.Table(
    "unpublished",
    metadata,
    _column("change_id", sa.BigInteger, "Order of arrival.", sa.Identity(always=True), primary_key=True),
    _column("article_id", pg.UUID, "The article of which something has changed."),
    sa.Index(None, "article_id"),
    schema="ops",
    comment="Articles changed since they were last published: triggers on core write them down, publishing takes them.",
)

# raw ------------------------------------------------------------------------------------------------------------

raw_page = sa.Table(
    "page",
    metadata,
    _column("page_id", pg.UUID, "The first 16 bytes of the page's SHA-256.", primary_key=True),
    _column("sha256", sa.LargeBinary, "SHA-256 of the bytes: the page's identity."),
    _column("content", sa.LargeBinary, "The bytes, exactly as delivered."),
    _column("media_type", sa.Text, "How to read the bytes: text, html or record (one JSON object)."),
    _column("n_bytes", sa.Integer, "Length of the bytes."),
    _column("landed_at", sa.DateTime(timezone=True), "When the page was first landed.", server_default=_now),
    _column("run_id", pg.UUID, "Run that first landed it.", sa.ForeignKey("ops.run.run_id")),
    _one_of("media_type", ("text", "html", "record")),
    schema="raw",
    comment="Every page that ever arrived, byte for byte. Written once, never changed.",
)

delivery = sa.Table(
    "delivery",
    metadata,
    _column("page_id", pg.UUID, "The page.", sa.ForeignKey("raw.page.page_id")),
    _column("uri", sa.Text, "Where it lay."),
    _column(
        "member", sa.Text, "Which member or record of that file it was; empty for the file itself.", server_default=""
    ),
    _column("delivered_at", sa.DateTime(timezone=True), "When it was first seen there.", server_default=_now),
    _column("run_id", pg.UUID, "Run that first saw it there."),
    sa.PrimaryKeyConstraint("page_id", "uri", "member"),
    schema="raw",
    comment="Every place where a page was found; the same page may arrive under many names.",
)

# core -----------------------------------------------------------------------------------------------------------

core_page = sa.Table(
    "page",
    metadata,
    _column("page_id", pg.UUID, "The page.", sa.ForeignKey("raw.page.page_id"), primary_key=True),
    _column("text", sa.Text, "The page decoded; every page offset counts characters of this."),
    _column("encoding", sa.Text, "Encoding found."),
    _column("n_articles", sa.Integer, "Articles found on it."),
    _column("confidence", sa.REAL, "The reader's confidence in its main article, 0 to 1."),
    _column("doubts", pg.ARRAY(sa.Text), "What lowered the confidence, in words."),
    _column("reports", pg.ARRAY(sa.Text), "What else the reader has to say: dates refused, letters damaged."),
    *_stamp("reader", "reader_version"),
    sa.Index(
        "page_doubtful_idx", "confidence", "page_id", postgresql_where=sa.text("confidence < 0.5 AND n_articles > 0")
    ),
    schema="core",
    comment="Pages as read: one row per page that has been understood.",
)

segment = sa.Table(
    "segment",
    metadata,
    _column("page_id", pg.UUID, "The page.", info=_checked_by_set("core.page")),
    _column("segment_no", sa.Integer, "Place on the page, from 1."),
    _column("kind", sa.Text, "What it is."),
    _column("start_offset", sa.Integer, "First character, in core.page.text."),
    _column("end_offset", sa.Integer, "One past the last character."),
    _column("rule", sa.Text, "Rule that labelled it, so that a wrong label can be traced."),
    _column("appearance_no", sa.Integer, "Appearance it belongs to, where it belongs to one.", null=True),
    *_stamp("reader", "reader_version", is_checked=False),
    sa.PrimaryKeyConstraint("page_id", "segment_no"),
    _one_of("kind", SEGMENT_KINDS),
    sa.CheckConstraint("start_offset >= 0 AND end_offset > start_offset", name="offsets"),
    schema="core",
    comment="Labelled stretches that tile a page: nothing on it is thrown away.",
)

article = sa.Table(
    "article",
    metadata,
    _column("article_id", pg.UUID, "The first 16 bytes of the fingerprint.", primary_key=True),
    _column(
        "fingerprint",
        sa.LargeBinary,
        "SHA-256 of the normalised body: the article's identity on whatever page it stands.",
    ),
    _column("headline", sa.Text, "Headline where this row was taken from.", null=True),
    _column("body", sa.Text, "Clean text, one line per paragraph."),
    _column("n_words", sa.Integer, "Words in the body."),
    _column(
        "text_sha256",
        sa.LargeBinary,
        "SHA-256 of headline and body as they stand here: what was derived from other words is out of date.",
    ),
    _column(
        "page_id",
        pg.UUID,
        "Page this row was taken from: of all its pages the one with the smallest id.",
        sa.ForeignKey("core.page.page_id"),
    ),
    _column("appearance_no", sa.Integer, "Appearance on that page."),
    *_stamp("reader", "reader_version", is_checked=False),
    sa.Index(None, "page_id"),
    schema="core",
    comment="Distinct texts. The same text on ten pages is one article with ten appearances.",
)

outlet = sa.Table(
    "outlet",
    metadata,
    _column("outlet_id", sa.Text, "Short stable name.", primary_key=True),
    _column("name", sa.Text, "Name to show."),
    _column("kind", sa.Text, "outlet, agency or aggregator."),
    _column("country", sa.Text, "ISO 3166-1 alpha-2 code.", null=True),
    schema="core",
    comment="Known publishers, from seeds/outlets.csv.",
)

appearance = sa.Table(
    "appearance",
    metadata,
    _column("page_id", pg.UUID, "The page.", sa.ForeignKey("core.page.page_id", ondelete="CASCADE")),
    _column("appearance_no", sa.Integer, "Place on the page, from 1."),
    _column("article_id", pg.UUID, "The text that appears.", sa.ForeignKey("core.article.article_id")),
    _column("role", sa.Text, "main or related."),
    _column("headline", sa.Text, "Headline as it stands here.", null=True),
    _column("kicker", sa.Text, "Line above the headline.", null=True),
    _column(
        "outlet_id",
        sa.Text,
        "Who published, where the reference table knows it.",
        sa.ForeignKey("core.outlet.outlet_id"),
        null=True,
    ),
    _column("outlet_name", sa.Text, "Who published, as named here.", null=True),
    _column("agency", sa.Text, "Agency named beside the outlet.", null=True),
    _column("place", sa.Text, "Place named in the dateline.", null=True),
    _column("byline", sa.Text, "Who wrote it.", null=True),
    _column(
        "published_on", sa.Date, "Day published; the first of the month or year where only that is known.", null=True
    ),
    _column("published_precision", sa.Text, "day, month or year.", null=True),
    _column("published_calendar", sa.Text, "Calendar in which it was written: gregorian or hijri.", null=True),
    _column("published_evidence", sa.Text, "The words on the page that say so.", null=True),
    _column("tags", pg.ARRAY(sa.Text), "Tags that stand with it."),
    _column(
        "body_map",
        pg.ARRAY(sa.Integer),
        "Triples (offset in the body, offset in core.page.text, length) that lead from the body back to the page.",
    ),
    _column("confidence", sa.REAL, "The reader's confidence, 0 to 1."),
    _column("doubts", pg.ARRAY(sa.Text), "What lowered the confidence, in words."),
    *_stamp("reader", "reader_version", is_checked=False),
    sa.PrimaryKeyConstraint("page_id", "appearance_no"),
    _one_of("role", ("main", "related")),
    _one_of("published_precision", ("day", "month", "year")),
    _one_of("published_calendar", ("gregorian", "hijri")),
    sa.CheckConstraint(
        "num_nonnulls(published_on, published_precision, published_calendar, published_evidence) IN (0, 4)",
        name="date_has_evidence",
    ),
    sa.Index(None, "article_id"),
    schema="core",
    comment="An article on a page: who published it there, when, under which headline.",
)

tweet = sa.Table(
    "tweet",
    metadata,
    _column("page_id", pg.UUID, "The page.", sa.ForeignKey("core.page.page_id", ondelete="CASCADE")),
    _column("tweet_no", sa.Integer, "Place on the page, from 1."),
    _column("appearance_no", sa.Integer, "Appearance in which it is embedded."),
    _column("start_offset", sa.Integer, "First character, in core.page.text."),
    _column("end_offset", sa.Integer, "One past the last character."),
    _column("author", sa.Text, "Name shown.", null=True),
    _column("handle", sa.Text, "Account, without the at sign.", null=True),
    _column("posted_on", sa.Date, "Day of the post.", null=True),
    _column("url", sa.Text, "Address in the post.", null=True),
    *_stamp("reader", "reader_version", is_checked=False),
    sa.PrimaryKeyConstraint("page_id", "tweet_no"),
    schema="core",
    comment="Posts embedded in articles, kept apart from what the outlet wrote.",
)

sentence = sa.Table(
    "sentence",
    metadata,
    _column("article_id", pg.UUID, "The article.", info=_checked_by_set("core.article")),
    _column("sentence_no", sa.Integer, "Place in the article, from 1."),
    _column("paragraph_no", sa.Integer, "Paragraph it stands in, from 1."),
    _column("start_offset", sa.Integer, "First character, in core.article.body."),
    _column("end_offset", sa.Integer, "One past the last character."),
    *_stamp("reader", "reader_version", is_checked=False),
    sa.PrimaryKeyConstraint("article_id", "sentence_no"),
    schema="core",
    comment="Sentences of articles.",
)

quotation = sa.Table(
    "quotation",
    metadata,
    _column("article_id", pg.UUID, "The article.", info=_checked_by_set("core.article")),
    _column("quotation_no", sa.Integer, "Place in the article, from 1."),
    _column("start_offset", sa.Integer, "First character (the opening mark), in core.article.body."),
    _column("end_offset", sa.Integer, "One past the last character (the closing mark)."),
    _column("kind", sa.Text, "direct (speech as it was said), partial (some words of it) or term (no speech: a name)."),
    _column("speaker", sa.Text, "Who is said to have said it, where the text says.", null=True),
    _column("speaker_start", sa.Integer, "Where these words begin, in core.article.body.", null=True),
    _column("speaker_end", sa.Integer, "One past their last character.", null=True),
    _column(
        "speaker_how",
        sa.Text,
        "named, nominal (by a role: الوزير) or pronominal (وأضاف: the speaker before); none where the text names none.",
        null=True,
    ),
    *_stamp("reader", "reader_version", is_checked=False),
    sa.PrimaryKeyConstraint("article_id", "quotation_no"),
    schema="core",
    comment="Words between quotation marks.",
)

annotation = sa.Table(
    "annotation",
    metadata,
    _column(
        "article_id",
        pg.UUID,
        "The article.",
        sa.ForeignKey("core.article.article_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    _column("text_sha256", sa.LargeBinary, "core.article.text_sha256 of the words that were annotated."),
    _column(
        "page_digest",
        sa.Text,
        "Digest of what its pages say beside the words: countries of outlets, places of datelines, quotations.",
    ),
    _column("n_mentions", sa.Integer, "Mentions found."),
    *_stamp("recogniser", "recogniser_version"),
    schema="core",
    comment="Which articles have been annotated, by which recogniser, in which wording.",
)

entity = sa.Table(
    "entity",
    metadata,
    _column("entity_id", pg.UUID, "Derived from the key.", primary_key=True),
    _column(
        "entity_key",
        sa.Text,
        "Readable: the key of the sense that stands for it. One that went into another entity is found in core.sense.",
    ),
    _column("entity_type", sa.Text, "PER, LOC, ORG or MISC."),
    _column("name", sa.Text, "Name to show."),
    _column("is_curated", sa.Boolean, "Whether it is in the reference data in seeds/."),
    _column("is_renamed", sa.Boolean, "Whether a person decided which name to show."),
    _column(
        "kind", sa.Text, "The finer sort in the reference data: country, city, media, party, president, …", null=True
    ),
    _column("country", sa.Text, "ISO 3166-1 alpha-2 code of the country it is, lies in or belongs to.", null=True),
    _column("wikidata_id", sa.Text, "Item in wikidata.org (Q1065), where known with certainty.", null=True),
    _column("geonames_id", sa.BigInteger, "Number in geonames.org, of cities.", null=True),
    _column("latitude", sa.Double, "Degrees north, of cities.", null=True),
    _column("longitude", sa.Double, "Degrees east, of cities.", null=True),
    _column("run_id", pg.UUID, "Run that made or last changed this row.", sa.ForeignKey("ops.run.run_id")),
    sa.UniqueConstraint("entity_key"),
    _one_of("entity_type", ("PER", "LOC", "ORG", "MISC")),
    sa.Index(None, "name"),
    schema="core",
    comment="Persons, places, organisations and other names that mentions point to.",
)

sense = sa.Table(
    "sense",
    metadata,
    _column("sense_id", pg.UUID, "Derived from the key.", primary_key=True),
    _column(
        "sense_key",
        sa.Text,
        "Readable: type and a reference id (LOC/country/KZ), or type and folded full name (PER/نورلان اسكاروف), with"
        " the setting where several bear the name (PER/محمد العلي@SY/state), or the decision that set it apart (…#12).",
    ),
    _column("entity_type", sa.Text, "PER, LOC, ORG or MISC."),
    _column("name", sa.Text, "The full name, folded for comparison."),
    _column("country", sa.Text, "Setting of a name that several bear: ISO 3166-1 alpha-2 code.", null=True),
    _column("field", sa.Text, "Setting of a name that several bear: field, as in seeds/names/roles.csv.", null=True),
    _column("is_curated", sa.Boolean, "Whether the reference data in seeds/ knows it."),
    _column("is_short", sa.Boolean, "Whether the name is too short to say who is meant: a surname alone."),
    _column("is_common", sa.Boolean, "Whether several bear the name, so that the setting has to tell them apart."),
    _column(
        "block", sa.Text, "What all spellings of the name share; none where no rule compares spellings.", null=True
    ),
    _column("family", sa.Text, "What names that end in spellings of the same word share; persons only.", null=True),
    _column("countries", pg.ARRAY(sa.Text), "Settings of its articles (of the first fifty by id): countries."),
    _column("fields", pg.ARRAY(sa.Text), "Settings of its articles: fields."),
    _column("companions", pg.ARRAY(pg.UUID), "Senses that its articles name beside it and that tell who it is."),
    _column("group_id", pg.UUID, "Sense that stands for it and its other spellings and settings: the group."),
    _column("attached_id", pg.UUID, "Group that a short name points to.", null=True),
    _column("rule", sa.Text, "Rule that joined it to the group, or attached it."),
    _column("score", sa.REAL, "How sure the rule is, 0 to 1."),
    _column("is_open", sa.Boolean, "Whether it might be one of several: core.sense_candidate lists them."),
    _column(
        "entity_id",
        pg.UUID,
        "Entity that rules and decisions make of it; none where a person said that it is no name.",
        sa.ForeignKey("core.entity.entity_id"),
        null=True,
    ),
    *_stamp("joining rules", "joining_version"),
    sa.UniqueConstraint("sense_key"),
    _one_of("entity_type", ("PER", "LOC", "ORG", "MISC")),
    sa.Index(None, "block"),
    # Of a common surname there are thousands of full names, and hardly a short one that can be settled.
    sa.Index("sense_family_full_idx", "family", "group_id", postgresql_where=sa.text("NOT is_short")),
    sa.Index("sense_family_short_idx", "family", postgresql_where=sa.text("is_short AND NOT is_common")),
    sa.Index(None, "name"),
    sa.Index(None, "group_id"),
    sa.Index("sense_attached_id_idx", "attached_id", postgresql_where=sa.text("attached_id IS NOT NULL")),
    sa.Index(None, "entity_id"),
    schema="core",
    comment="Names as articles use them, each in one setting, and what they were joined to: by which rule, how surely.",
)

sense_name = sa.Table(
    "sense_name",
    metadata,
    _column("sense_id", pg.UUID, "The sense.", sa.ForeignKey("core.sense.sense_id", ondelete="CASCADE")),
    _column("name", sa.Text, "A spelling met in print."),
    _column("phrase", sa.Text, "The spelling folded for comparison."),
    _column("rule", sa.Text, "Strongest of the rules by which articles take this spelling for the sense."),
    _column("score", sa.REAL, "How sure that rule is, 0 to 1."),
    _column(
        "entity_id",
        pg.UUID,
        "Entity that its mentions point to; none where a person said that it is no name.",
        sa.ForeignKey("core.entity.entity_id"),
        null=True,
    ),
    _column("is_decided", sa.Boolean, "Whether a person's decision says so, and not the rules."),
    _column("run_id", pg.UUID, "Run that made or last changed this row."),
    sa.PrimaryKeyConstraint("sense_id", "name"),
    sa.Index(None, "phrase"),
    sa.Index(None, "entity_id"),
    schema="core",
    comment="All spellings of a sense, within articles: what entities' names are put together from.",
)

sense_candidate = sa.Table(
    "sense_candidate",
    metadata,
    _column("sense_id", pg.UUID, "The sense that is open.", sa.ForeignKey("core.sense.sense_id", ondelete="CASCADE")),
    _column(
        "candidate_id",
        pg.UUID,
        "Group that it may belong to.",
        sa.ForeignKey("core.sense.sense_id", ondelete="CASCADE"),
    ),
    _column("reason", sa.Text, "Why it may."),
    _column("score", sa.REAL, "How likely, 0 to 1."),
    _column("run_id", pg.UUID, "Run that made or last changed this row."),
    sa.PrimaryKeyConstraint("sense_id", "candidate_id"),
    sa.Index(None, "candidate_id"),
    schema="core",
    comment="What names may mean that were left open: ambiguity stays visible.",
)

naming = sa.Table(
    "naming",
    metadata,
    _column("sense_id", pg.UUID, "The sense.", sa.ForeignKey("core.sense.sense_id", ondelete="CASCADE")),
    _column("article_id", pg.UUID, "The article.", sa.ForeignKey("core.article.article_id", ondelete="CASCADE")),
    _column("country", sa.Text, "Country in whose setting the article names it.", null=True),
    _column("field", sa.Text, "Field in which the article shows it.", null=True),
    _column("companions", pg.ARRAY(pg.UUID), "Senses that the article names beside it and that tell who it is."),
    _column("run_id", pg.UUID, "Run that made or last changed this row."),
    sa.PrimaryKeyConstraint("sense_id", "article_id"),
    sa.Index(None, "article_id"),
    schema="core",
    comment="In which setting an article names somebody: the evidence by which names that many bear are told apart.",
)

entity_name = sa.Table(
    "entity_name",
    metadata,
    _column("entity_id", pg.UUID, "The entity.", sa.ForeignKey("core.entity.entity_id", ondelete="CASCADE")),
    _column("name", sa.Text, "A spelling met in print."),
    _column("rule", sa.Text, "Strongest of the rules that joined this spelling to the entity, or: decision."),
    _column("score", sa.REAL, "How sure the rule is, 0 to 1."),
    _column("run_id", pg.UUID, "Run that made or last changed this row."),
    sa.PrimaryKeyConstraint("entity_id", "name"),
    sa.Index(None, "name"),
    schema="core",
    comment="All the names of an entity, each with the reason it was joined.",
)

decision = sa.Table(
    "decision",
    metadata,
    _column("decision_id", sa.BigInteger, "Counts up.", sa.Identity(always=True), primary_key=True),
    _column(
        "kind",
        sa.Text,
        "join: two entities are one. split: a name of it is another's. rename: its name to show. not_a_name: no name.",
    ),
    _column(
        "entity_key", sa.Text, "The entity it is about, by the key that it had then; of a join, the one that stays."
    ),
    _column("other_key", sa.Text, "Of a join, the entity that becomes part of it.", null=True),
    _column(
        "name",
        sa.Text,
        "Of a split, the name set apart; of a rename, the new one; of not_a_name, which name: none for all of them.",
        null=True,
    ),
    _column("reason", sa.Text, "Why, in the words of who decided."),
    _column("decided_by", sa.Text, "Who decided."),
    _column("decided_at", sa.DateTime(timezone=True), "When.", server_default=_now),
    _column("undone_by", sa.Text, "Who took it back.", null=True),
    _column("undone_at", sa.DateTime(timezone=True), "When it was taken back; none while it holds.", null=True),
    _one_of("kind", DECISION_KINDS),
    sa.CheckConstraint("(kind = 'join') = (other_key IS NOT NULL)", name="join_has_other"),
    sa.CheckConstraint("kind = 'not_a_name' OR (kind = 'join') = (name IS NULL)", name="names_what"),
    sa.CheckConstraint("(undone_by IS NULL) = (undone_at IS NULL)", name="undone"),
    sa.Index(None, "entity_key"),
    sa.Index(None, "other_key"),
    schema="core",
    comment="What a person decided about entities. It beats every rule; rows are added and taken back, never changed.",
)

mention = sa.Table(
    "mention",
    metadata,
    _column("article_id", pg.UUID, "The article.", info=_checked_by_set("core.article")),
    _column("part", sa.Text, "headline or body: the text that the offsets count in."),
    _column("start_offset", sa.Integer, "First character of the name, its proclitic left out."),
    _column("end_offset", sa.Integer, "One past the last character."),
    _column("sentence_no", sa.Integer, "Sentence of the body; 0 in the headline."),
    _column("mention_type", sa.Text, "PER, LOC, ORG or MISC."),
    _column("surface", sa.Text, "The name as written."),
    _column("prefix", sa.Text, "Proclitic in front of it (و ف ب ل ك س), or empty."),
    _column("confidence", sa.REAL, "The recogniser's confidence, 0 to 1."),
    _column("sense_id", pg.UUID, "What its article takes it for.", info=_checked_by_set("core.sense")),
    _column(
        "entity_id",
        pg.UUID,
        "What it points to; none where a person said that it is no name.",
        info=_checked_by_set("core.entity"),
        null=True,
    ),
    _column("spelling", sa.Text, "The name written out: as the surface, with the article that ل swallowed put back."),
    _column("link_rule", sa.Text, "Rule by which its article takes it for that sense."),
    _column("link_score", sa.REAL, "How sure that rule is, 0 to 1."),
    *_stamp("recogniser", "recogniser_version", is_checked=False),
    sa.PrimaryKeyConstraint("article_id", "part", "start_offset"),
    _one_of("part", ("headline", "body")),
    _one_of("mention_type", ("PER", "LOC", "ORG", "MISC")),
    # The strongest reason for a spelling is one look-up (backwards), however often the name is mentioned. In
    # thousandths: equal integers share an entry of the index, equal floats do not, which made it five times as large.
    sa.Index("mention_reason_idx", "sense_id", "spelling", sa.text("((link_score * 1000)::integer)"), "link_rule"),
    sa.Index(None, "entity_id", "spelling"),
    schema="core",
    comment="Names found in articles, with exact offsets.",
)

demonym = sa.Table(
    "demonym",
    metadata,
    _column("article_id", pg.UUID, "The article.", info=_checked_by_set("core.article")),
    _column("part", sa.Text, "headline or body: the text that the offsets count in."),
    _column("start_offset", sa.Integer, "First character of the adjective, its proclitic left out."),
    _column("end_offset", sa.Integer, "One past the last character."),
    _column("sentence_no", sa.Integer, "Sentence of the body; 0 in the headline."),
    _column("surface", sa.Text, "The adjective as written."),
    _column("prefix", sa.Text, "Proclitic in front of it (و ف ب ل ك س), or empty."),
    _column("sense_id", pg.UUID, "The country or region that it belongs to.", info=_checked_by_set("core.sense")),
    *_stamp("recogniser", "recogniser_version", is_checked=False),
    sa.PrimaryKeyConstraint("article_id", "part", "start_offset"),
    _one_of("part", ("headline", "body")),
    sa.Index(None, "sense_id", "article_id"),
    schema="core",
    comment="Relational adjectives (السعودي, الروسية): no mentions of the place, but linked to it.",
)

speaker = sa.Table(
    "speaker",
    metadata,
    _column("article_id", pg.UUID, "The article.", sa.ForeignKey("core.article.article_id", ondelete="CASCADE")),
    _column("quotation_no", sa.Integer, "The quotation, as core.quotation numbers it."),
    _column("sense_id", pg.UUID, "Who speaks.", sa.ForeignKey("core.sense.sense_id")),
    _column("name", sa.Text, "Spelling under which the article names the speaker there or last."),
    _column("rule", sa.Text, "Why it is taken for this one: named, name nearby, pronoun, role."),
    _column("score", sa.REAL, "How sure that is, 0 to 1."),
    *_stamp("recogniser", "recogniser_version", is_checked=False),
    sa.PrimaryKeyConstraint("article_id", "quotation_no"),
    sa.Index(None, "sense_id"),
    schema="core",
    comment="Speakers of quotations, where the text tells which entity it is; the others stay open.",
)

article_sketch = sa.Table(
    "article_sketch",
    metadata,
    _column(
        "article_id",
        pg.UUID,
        "The article.",
        sa.ForeignKey("core.article.article_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    _column("text_sha256", sa.LargeBinary, "core.article.text_sha256 of the words that were sketched."),
    _column(
        "hashes",
        pg.ARRAY(sa.BigInteger),
        "Winnowed hashes of its word shingles: two texts with a passage in common share one. Those by which it is found"
        " come first.",
    ),
    _column("n_keys", sa.Integer, "By how many of the hashes it is found, the first ones: all of a short text's."),
    _column(
        "outlets",
        pg.ARRAY(sa.Text),
        "Who published it, by id or else by name, sorted; none where that has changed and it is to be compared again.",
        null=True,
    ),
    _column("run_id", pg.UUID, "Run that made this row.", sa.ForeignKey("ops.run.run_id")),
    sa.Index("article_sketch_outdated_idx", "article_id", postgresql_where=sa.text("outlets IS NULL")),
    schema="core",
    comment="What articles are found by when another one tells the same text.",
)

# Each key lies on a page of its own in an index of all: put there with its article, it was half of the pages that a
# load changed at a million articles. So keys wait in a small index until there are many, and go into that one sorted.
sketch_key = sa.Table(
    "sketch_key",
    metadata,
    _column(
        "article_id",
        pg.UUID,
        "The article.",
        sa.ForeignKey("core.article_sketch.article_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    _column("keys", pg.ARRAY(sa.BigInteger), "The keys of its sketch."),
    sa.Index(
        None,
        "keys",
        postgresql_using="gin",
        # Wide enough for all that is settled at once, so that it is sorted as a whole.
        postgresql_with={"gin_pending_list_limit": "1048576"},
    ),
    schema="ops",
    comment="What sketches are found by: the first n_keys of their hashes. New ones are in ops.recent_sketch_key.",
)

recent_sketch_key = sa.Table(
    "recent_sketch_key",
    metadata,
    _column("article_id", pg.UUID, "The article; it may be gone, and a text that has changed is here more than once."),
    _column("keys", pg.ARRAY(sa.BigInteger), "The keys of its sketch."),
    # A pending list would be read through by every look-up of the transaction that has just filled it.
    sa.Index(None, "keys", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
    schema="ops",
    comment="Keys of sketches that came since the last were settled in ops.sketch_key: a trigger writes them down.",
)

furniture_version = sa.Table(
    "furniture_version",
    metadata,
    _column("furniture_version", sa.Text, "Digest of its lines; the reader's version ends in it.", primary_key=True),
    _column("n_lines", sa.Integer, "How many lines it has."),
    _column(
        "frozen_at", sa.DateTime(timezone=True), "When; the last one is read with by runs that begin.",
        server_default=_now,
    ),
    schema="core",
    comment="States of what is known to be furniture, each kept whole: a run that began with one is finished with it.",
)  # fmt: skip

furniture = sa.Table(
    "furniture",
    metadata,
    _column(
        "furniture_version",
        sa.Text,
        "The version that holds it.",
        sa.ForeignKey("core.furniture_version.furniture_version", ondelete="CASCADE"),
    ),
    _column("outlet", sa.Text, "Outlet in whose texts it was found: its id, or else its name."),
    _column("line_key", sa.Text, "The line without marks, signs and case: what is compared."),
    _column("line", sa.Text, "The line as it was found."),
    _column("n_texts", sa.Integer, "Texts of the outlet, under different headlines, in which it was found."),
    _column("of_texts", sa.Integer, "Texts of the outlet, under different headlines, that were counted."),
    sa.PrimaryKeyConstraint("furniture_version", "outlet", "line_key"),
    schema="core",
    comment="Lines that stand in many different texts of an outlet: no text of its articles (`rasd furniture`).",
)

story_link = sa.Table(
    "story_link",
    metadata,
    _column(
        "article_id",
        pg.UUID,
        "The article with the smaller id.",
        sa.ForeignKey("core.article.article_id", ondelete="CASCADE"),
    ),
    _column(
        "other_article_id", pg.UUID, "The other one.", sa.ForeignKey("core.article.article_id", ondelete="CASCADE")
    ),
    _column("containment", sa.REAL, "Share of the shorter text's word shingles that stand in the longer one, 0 to 1."),
    _column(
        "relation",
        sa.Text,
        "reprint, or abridged if one is much shorter; update if they share less but the outlet or the headline's stem.",
    ),
    _column("run_id", pg.UUID, "Run that made this row."),
    sa.PrimaryKeyConstraint("article_id", "other_article_id"),
    _one_of("relation", ("reprint", "abridged", "update")),
    sa.CheckConstraint("article_id < other_article_id", name="smaller_first"),
    sa.Index(None, "other_article_id"),
    schema="core",
    comment="Pairs of articles of which one tells most of the other again.",
)

story_article = sa.Table(
    "story_article",
    metadata,
    _column(
        "article_id",
        pg.UUID,
        "The article.",
        sa.ForeignKey("core.article.article_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    _column(
        "story_id",
        pg.UUID,
        "The story: named by the smallest article id in it.",
        sa.ForeignKey("core.article.article_id"),
    ),
    _column("run_id", pg.UUID, "Run that made this row."),
    sa.Index(None, "story_id"),
    schema="core",
    comment="The story of each article: all that links lead to from it, or itself alone.",
)

# core, for reports: written by publishing, from the tables above --------------------------------------------------
#
# What is counted here is counted by differences: what an article adds now, less what it added when it was last
# published. So these tables have no foreign keys: a row must outlive its article until it has been subtracted.

search_letter = sa.Table(
    "search_letter",
    metadata,
    _column("letter", sa.Text, "A character that changes by folding.", primary_key=True),
    _column("folded", sa.Text, "What it becomes."),
    schema="core",
    comment="How the search folds letters: `rasd.arabic.text.fold`, character by character. Filled by migrate.",
)

search_whole_word = sa.Table(
    "search_whole_word",
    metadata,
    _column("word", sa.Text, "A folded word.", primary_key=True),
    schema="core",
    comment="Words that begin like a proclitic or the article and have neither (seeds/whole_words.txt).",
)

article_search = sa.Table(
    "article_search",
    metadata,
    _column(
        "article_id",
        pg.UUID,
        "The article.",
        sa.ForeignKey("core.article.article_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    _column("text_sha256", sa.LargeBinary, "core.article.text_sha256 of the words that were indexed."),
    _column("published_on", sa.Date, "First day published; none if no page dates it to a day.", null=True),
    _column("outlets", pg.ARRAY(sa.Text), "Who published it: ids, or names as printed."),
    _column(
        "tokens",
        pg.TSVECTOR,
        "Keys of its words: folded, without proclitics and article. Headline: weight A, from 1; body: from 200.",
    ),
    _column("search_version", sa.Text, "Version of the rules that made the keys."),
    # New texts wait before the index until there are so many KiB of them, some four thousand articles: the more are put
    # into it at once, the fewer of its pages each one changes. Searches read through what waits, 13 ms when it is most.
    sa.Index(None, "tokens", postgresql_using="gin", postgresql_with={"gin_pending_list_limit": "32768"}),
    schema="core",
    comment="What articles are found by: report.search, or tokens @@ report.search_query('…').",
)

publication = sa.Table(
    "publication",
    metadata,
    _column("article_id", pg.UUID, "The article."),
    _column("outlet", sa.Text, "Outlet's id where the reference table knows it, else its name as printed.", null=True),
    _column("published_on", sa.Date, "Day published; none where no day is printed.", null=True),
    _column("n_appearances", sa.Integer, "Appearances there on that day."),
    _column("n_main", sa.Integer, "Of these, as the main article of a page."),
    sa.Index(
        "publication_key", "article_id", "outlet", "published_on", unique=True, postgresql_nulls_not_distinct=True
    ),
    sa.Index(None, "outlet", "published_on"),
    sa.Index(None, "published_on"),
    schema="core",
    comment="Which outlet published an article on which day. No primary key: outlet and day may both be unknown.",
)

article_day = sa.Table(
    "article_day",
    metadata,
    _column("article_id", pg.UUID, "The article.", primary_key=True),
    _column("published_on", sa.Date, "First day published; none if no page dates it to a day.", null=True),
    _column("story_id", pg.UUID, "Its story."),
    _column("is_story_first", sa.Boolean, "Whether it is the first text of its story: the earliest, then smallest id."),
    _column("n_appearances", sa.Integer, "Appearances on pages."),
    sa.Index(None, "published_on"),
    sa.Index(None, "story_id"),
    schema="core",
    comment="When each article was first published, and which article stands for its story.",
)

entity_article = sa.Table(
    "entity_article",
    metadata,
    _column("article_id", pg.UUID, "The article."),
    _column("entity_id", pg.UUID, "The entity that it names."),
    _column("published_on", sa.Date, "First day the article was published, if known.", null=True),
    _column("is_story_first", sa.Boolean, "Whether it is the first text of its story that names the entity."),
    _column("n_mentions", sa.Integer, "Mentions."),
    _column("sentence_nos", pg.ARRAY(sa.Integer), "Sentences that name it; 0 is the headline."),
    sa.PrimaryKeyConstraint("article_id", "entity_id"),
    # The newest first, as they are asked for: those without a day come last.
    sa.Index(
        "entity_article_newest_idx", "entity_id", sa.text("published_on DESC NULLS LAST"), sa.text("article_id DESC")
    ),
    schema="core",
    comment="Which articles name which entities.",
)

# What has come to nothing goes: found by an index of nothing else, since a day and an outlet may be unknown.
_EMPTY = sa.text("n_articles = 0 AND n_appearances = 0")

entity_day = sa.Table(
    "entity_day",
    metadata,
    _column("entity_id", pg.UUID, "The entity."),
    _column("published_on", sa.Date, "The day; none counts what is not dated to a day.", null=True),
    _column("n_articles", sa.Integer, "Texts that name it, each on the first day it was published."),
    _column("n_stories", sa.Integer, "Stories that name it, each once, on the day of their first text that does."),
    _column("n_appearances", sa.Integer, "Appearances of texts that name it, each on its own day."),
    _column("n_mentions", sa.Integer, "Mentions in those texts."),
    sa.Index("entity_day_empty_idx", "entity_id", postgresql_where=_EMPTY),
    sa.Index("entity_day_key", "entity_id", "published_on", unique=True, postgresql_nulls_not_distinct=True),
    sa.Index(
        None, "published_on", "entity_id", postgresql_include=["n_articles", "n_stories", "n_appearances", "n_mentions"]
    ),
    schema="core",
    comment="How much each entity was named by day. No primary key: the day may be unknown.",
    # Every batch changes rows of it, and trends read it by index alone, which takes twice as long where pages have
    # changed since the last vacuum: one in a hundred rows is reason enough for the next, not one in five.
    postgresql_with={"autovacuum_vacuum_scale_factor": 0.01, "autovacuum_vacuum_insert_scale_factor": 0.01},
)

entity_total = sa.Table(
    "entity_total",
    metadata,
    _column("entity_id", pg.UUID, "The entity.", primary_key=True),
    _column("n_articles", sa.Integer, "Texts that name it."),
    _column("n_stories", sa.Integer, "Stories that name it."),
    _column("n_appearances", sa.Integer, "Appearances of texts that name it."),
    _column("n_mentions", sa.Integer, "Mentions."),
    _column("n_undated", sa.Integer, "Of the texts, those that no page dates to a day."),
    sa.Index(None, "n_articles"),
    schema="core",
    comment="How much each entity was named in all.",
)

outlet_day = sa.Table(
    "outlet_day",
    metadata,
    _column("outlet", sa.Text, "Outlet's id where the reference table knows it, else its name as printed.", null=True),
    _column("published_on", sa.Date, "The day; none counts what is not dated to a day.", null=True),
    _column("n_articles", sa.Integer, "Texts."),
    _column("n_appearances", sa.Integer, "Appearances."),
    _column("n_main", sa.Integer, "Appearances as the main article of a page."),
    sa.Index("outlet_day_empty_idx", "outlet", postgresql_where=_EMPTY),
    sa.Index("outlet_day_key", "outlet", "published_on", unique=True, postgresql_nulls_not_distinct=True),
    sa.Index(None, "published_on"),
    schema="core",
    comment="How much each outlet published by day. No primary key: outlet and day may both be unknown.",
)

outlet_total = sa.Table(
    "outlet_total",
    metadata,
    _column("outlet", sa.Text, "Outlet's id where the reference table knows it, else its name as printed.", null=True),
    _column("n_articles", sa.Integer, "Texts, once for each day."),
    _column("n_appearances", sa.Integer, "Appearances."),
    _column("n_undated", sa.Integer, "Of the texts, those that no page of the outlet dates to a day."),
    _column("n_undated_appearances", sa.Integer, "Of the appearances, those without a day."),
    sa.Index("outlet_total_key", "outlet", unique=True, postgresql_nulls_not_distinct=True),
    schema="core",
    comment="How much each outlet published in all. No primary key: the outlet may be unknown.",
)

press_day = sa.Table(
    "press_day",
    metadata,
    _column("published_on", sa.Date, "The day; none counts what is not dated to a day.", null=True),
    _column("n_articles", sa.Integer, "Texts, each on the first day it was published."),
    _column("n_stories", sa.Integer, "Stories, each on the day of its first text."),
    _column("n_appearances", sa.Integer, "Appearances, each on its own day."),
    sa.Index("press_day_key", "published_on", unique=True, postgresql_nulls_not_distinct=True),
    schema="core",
    comment="How much was published by day: what shares are shares of. No primary key: the day may be unknown.",
)

review = sa.Table(
    "review",
    metadata,
    _column("review_id", sa.BigInteger, "Number of the review.", sa.Identity(always=True), primary_key=True),
    _column("subject", sa.Text, "segment or mention."),
    _column("page_id", pg.UUID, "The page on which it was seen.", sa.ForeignKey("raw.page.page_id")),
    _column("article_id", pg.UUID, "The article beside which it was seen; a later reader may cut another one."),
    _column("part", sa.Text, "page (offsets count in core.page.text), headline or body (of the article)."),
    _column("start_offset", sa.Integer, "First character."),
    _column("end_offset", sa.Integer, "One past the last character."),
    _column("words", sa.Text, "The words there, by which it can be found again whatever becomes of offsets."),
    _column("said", sa.Text, "What the machine had said: the segment's kind, or the key of the mention's entity."),
    _column("said_by", sa.Text, "Version and rule that said so."),
    _column(
        "answer",
        sa.Text,
        "What it should be: a segment's kind, a mention's type, not_a_name, other_bounds or other_entity.",
    ),
    _column("note", sa.Text, "What else the reviewer says.", null=True),
    _column("reviewed_by", sa.Text, "Who says so."),
    _column("reviewed_at", sa.DateTime(timezone=True), "When.", server_default=_now),
    _one_of("subject", REVIEW_SUBJECTS),
    _one_of("part", ("page", "headline", "body")),
    _one_of("answer", (*REVIEW_ANSWERS["segment"], *REVIEW_ANSWERS["mention"])),
    sa.Index(None, "article_id"),
    sa.Index(None, "page_id"),
    schema="core",
    comment="What readers found wrong, in their own words: for the next evaluation of the reader and the recogniser.",
)

watch = sa.Table(
    "watch",
    metadata,
    _column("watch_id", sa.Text, "Short stable name.", primary_key=True),
    _column("name", sa.Text, "Name to show."),
    _column("kind", sa.Text, "What the subject is: entity, phrase, query or outlet."),
    _column(
        "subject",
        sa.Text,
        "An entity's key or name; the words of a phrase; a query as the search takes it; an outlet's id or name.",
    ),
    _column(
        "at_least",
        sa.Integer,
        "Tell only days with so many texts, as one alarm; none, and no times_usual: every text is told.",
        null=True,
    ),
    _column(
        "times_usual",
        sa.REAL,
        "Tell only days with so many times the usual of their weekday, and more than chance explains.",
        null=True,
    ),
    _column(
        "recipients", pg.ARRAY(sa.Text), "Mail addresses; none: it stands in the digest only.", server_default="{}"
    ),
    _column("note", sa.Text, "For colleagues.", null=True),
    _column("is_active", sa.Boolean, "Whether it is asked.", server_default=sa.text("true")),
    _column(
        "origin", sa.Text, "seeds: seeds/watches.csv keeps this row; sql: whoever wrote it does.", server_default="sql"
    ),
    _column(
        "problem", sa.Text, "What is wrong with it, as of the last publishing; such a watch finds nothing.", null=True
    ),
    _one_of("origin", ("seeds", "sql")),
    schema="core",
    comment="What the desk wants to hear about. Rows that an analyst edits.",
)

watch_hit = sa.Table(
    "watch_hit",
    metadata,
    _column("watch_id", sa.Text, "The watch."),
    _column("article_id", pg.UUID, "The article; what was told stays here when its article goes."),
    _column("page_id", pg.UUID, "Page that the article's row was taken from."),
    _column("published_on", sa.Date, "First day published; none if no page dates it to a day.", null=True),
    _column("headline", sa.Text, "Its headline.", null=True),
    _column("part", sa.Text, "headline or body: the text that the offsets count in."),
    _column("sentence_no", sa.Integer, "Sentence of the body; 0 in the headline."),
    _column("sentence", sa.Text, "The words of that sentence, or of the headline."),
    _column("start_offset", sa.Integer, "First character of what fired."),
    _column("end_offset", sa.Integer, "One past the last character."),
    _column("surface", sa.Text, "What fired, as it is written there; the outlet's name for a watch of an outlet."),
    _column("n_matches", sa.Integer, "How often it stands in the article."),
    _column("found_at", sa.DateTime(timezone=True), "When it was found first.", server_default=_now),
    _column("told_on", sa.Date, "Day of the digest that tells it; none until one does.", null=True),
    sa.PrimaryKeyConstraint("watch_id", "article_id"),
    _one_of("part", ("headline", "body")),
    sa.Index(None, "article_id"),
    sa.Index(None, "page_id"),
    sa.Index(None, "told_on"),
    schema="ops",
    comment="Articles that watches found, each told once: in one digest, whatever is run or read again.",
)

watch_alarm = sa.Table(
    "watch_alarm",
    metadata,
    _column("watch_id", sa.Text, "The watch."),
    _column("published_on", sa.Date, "The day."),
    _column("n_articles", sa.Integer, "Texts of that day when it was told."),
    _column("expected", sa.Double, "Usual number for that weekday, where there is a baseline.", null=True),
    _column("told_on", sa.Date, "Day of the digest that tells it."),
    sa.PrimaryKeyConstraint("watch_id", "published_on"),
    sa.Index(None, "told_on"),
    schema="ops",
    comment="Days on which a watch with a threshold or a trend fired, each told once.",
)

digest = sa.Table(
    "digest",
    metadata,
    _column("digest_on", sa.Date, "The day that it is about.", primary_key=True),
    _column("uri", sa.Text, "Where it was written."),
    _column("made_at", sa.DateTime(timezone=True), "When it was written last.", server_default=_now),
    schema="ops",
    comment="Digests that were made.",
)

digest_mail = sa.Table(
    "digest_mail",
    metadata,
    _column("digest_on", sa.Date, "Day of the digest.", sa.ForeignKey("ops.digest.digest_on", ondelete="CASCADE")),
    _column("recipient", sa.Text, "Whom it was sent to."),
    _column("sent_at", sa.DateTime(timezone=True), "When the mail server took it.", server_default=_now),
    sa.PrimaryKeyConstraint("digest_on", "recipient"),
    schema="ops",
    comment="Which digest was sent to whom: each once.",
)
