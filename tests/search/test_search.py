"""The search: what it finds, what it spares, that nothing breaks it, and that Python and Postgres agree on words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from evaluate_search import pairs, scores
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rasd import resources
from rasd.annotating.gazetteer import Gazetteer
from rasd.arabic.search import keys, letters, vector, whole_words, words
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.pipeline.searching import search
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
quick = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

LETTERS = "ابتلكوفسيةىئؤأإآکیپ ءًّـ\u200f\u200c٣5aBé"
ARABIC = st.text(st.sampled_from(LETTERS), max_size=60)
SIGNS = [*"\"“”«»()|&!-*'\\:<>,.؟%@ \n\0\ud800", "OR", "أو", "NOT", "AND", "والسعودية", "كازاخ*", "في", ":*", "<->"]
OPERATORS = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


@pytest.fixture(scope="module")
def connection(postgres: EmbeddedPostgres) -> Iterator[sa.Connection]:
    """A warehouse with the sample inbox, shared by the tests of this file: they only read."""
    admin = connect(postgres.dsn("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    name = f"search_{id(admin)}"
    with admin.connect() as c:
        c.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template_warehouse STRATEGY FILE_COPY")
    engine = connect(postgres.dsn(name))
    ingest(engine, IngestOptions(str(resources.seeds() / "inbox"), settle_seconds=0), Gazetteer())
    with engine.connect() as c:
        yield c
    engine.dispose()
    with admin.connect() as c:
        c.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


# What it finds -------------------------------------------------------------------------------------------------------


def test_labelled_pairs_reach_their_floors(connection: sa.Connection) -> None:
    everything = pairs()
    assert len(everything) >= 100
    assert len({(p.query, p.text) for p in everything}) == len(everything)
    result = scores(connection)
    assert result["rasd"].found >= FLOORS["found"], result["rasd"].wrong
    assert result["rasd"].spared >= FLOORS["spared"], result["rasd"].wrong
    assert result["rasd"].found > result["arabic"].found + 0.2
    assert result["rasd"].found > result["simple"].found + 0.2


def test_hits_are_shown_as_they_are_written(connection: sa.Connection) -> None:
    found = search(connection, "كازاخستان")
    assert len(found) > 5
    assert [f.rank for f in found] == sorted((f.rank for f in found), reverse=True)
    hits = set()
    for one in found:
        body = connection.scalar(
            sa.text("SELECT body FROM core.article WHERE article_id = :id"), {"id": one.article_id}
        )
        assert one.fragment
        assert body[one.fragment_start : one.fragment_start + len(one.fragment)] == one.fragment
        assert "".join(piece for piece, _ in one.pieces()) == one.fragment
        for start, end in zip(one.match_starts, one.match_ends, strict=True):
            hits.add(body[start:end])
            assert "كازاخستان" in keys(body[start:end])
    assert {"كازاخستان", "وكازاخستان"} <= hits


def test_days_and_outlets_narrow_it(connection: sa.Connection) -> None:
    everything = search(connection, "كازاخستان", most=500)
    dated = [f for f in everything if f.published_on]
    assert 0 < len(dated) < len(everything), "undated texts are found, unless days are asked for"
    day = min(f.published_on for f in dated if f.published_on)
    assert {f.article_id for f in search(connection, "كازاخستان", since=day)} == {f.article_id for f in dated}
    assert {f.published_on for f in search(connection, "كازاخستان", since=day, until=day)} == {day}
    one = next(f for f in dated if f.outlets)
    assert one.outlets
    same = search(connection, "كازاخستان", outlet=one.outlets[0])
    assert one.article_id in {f.article_id for f in same}
    assert all(one.outlets[0] in (f.outlets or ()) for f in same)
    assert search(connection, "كازاخستان", outlet="لا أحد") == []


def test_as_many_by_day_as_are_found(connection: sa.Connection) -> None:
    by_day = connection.execute(sa.text("SELECT * FROM report.search_day('كازاخستان', '2000-01-01')")).all()
    dated = search(connection, "كازاخستان", since=by_day[0].published_on, most=500)
    assert sum(row.n_articles for row in by_day) == len(dated)


def test_the_newest_are_found_among_very_many(connection: sa.Connection) -> None:
    with connection.begin_nested() as undone:
        connection.exec_driver_sql(
            """
            INSERT INTO core.article
              (article_id, fingerprint, body, n_words, text_sha256, page_id, appearance_no, reader_version, run_id)
            SELECT md5('many' || n)::uuid, decode(md5('many' || n), 'hex'), 'خبر', 1, '\\x', page_id, 1, '', run_id
            FROM generate_series(1, 1500) AS n, (SELECT page_id, run_id FROM core.article LIMIT 1) AS one;
            INSERT INTO core.article_search (article_id, text_sha256, published_on, outlets, tokens, search_version)
            SELECT md5('many' || n)::uuid, '\\x', day, '{}',
              ('''خبر'':200 ''@' || to_char(day, 'YYYY-MM') || ''' ''@' || day || '''')::tsvector, ''
            FROM generate_series(1, 1500) AS n, LATERAL (SELECT date '2024-06-20' - n / 3 AS day) AS d;
            INSERT INTO core.press_day (published_on, n_articles, n_stories, n_appearances)
            SELECT date '2020-01-01', 1, 1, 1
            """
        )
        found = search(connection, "خبر", most=500)
        assert {f.published_on for f in found if not f.outlets} >= {found[0].published_on}
        assert len(found) == 500
        assert min(str(f.published_on) for f in found if f.published_on) >= "2024-01-01"
        undone.rollback()


# That nothing breaks it ----------------------------------------------------------------------------------------------


@quick
@given(query=OPERATORS | st.text(max_size=200) | st.text(st.characters(max_codepoint=0x7F), max_size=50))
def test_no_query_raises(connection: sa.Connection, query: str) -> None:
    search(connection, query, most=3)


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', '""', "(", ")", "-", "!!!", "OR", "a OR", "OR a", "(((((a", "a)))))", "-a", "-(a", '"a -b', "*",
     "'", "''", "\\", "a:*b", "<1>", "%", "\0", "'; DROP TABLE x", "و", "\ud800\udc00", "x" * 5000, "(" * 5000,
     "a " * 5000, "ﷺ" * 500, "-" * 5000 + "a", '"a ' * 2000],
)  # fmt: skip
def test_odd_queries_are_answered(connection: sa.Connection, query: str) -> None:
    search(connection, query, most=3)


def test_nothing_is_asked_by_a_query_without_words(connection: sa.Connection) -> None:
    for query in ("", '""', "()", "- ! | ؟", "\u200f"):
        assert search(connection, query) == []


# That Python and Postgres agree on words -----------------------------------------------------------------------------


def in_postgres(connection: sa.Connection, text: str) -> list[tuple[object, ...]]:
    rows = connection.execute(
        sa.text("SELECT word, start_offset, end_offset, report.search_keys(word) FROM report.search_words(:text)"),
        {"text": text},
    )
    return [(w, s, e, tuple(k)) for w, s, e, k in rows]


@quick
@given(text=ARABIC | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_words_and_keys_are_the_same(connection: sa.Connection, text: str) -> None:
    assert in_postgres(connection, text) == [(*word, keys(word.text)) for word in words(text)]


def test_words_of_the_press_have_the_same_keys(connection: sa.Connection) -> None:
    pages = sorted((resources.seeds() / "inbox").glob("*.txt"))
    for path in pages:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert in_postgres(connection, text) == [(*word, keys(word.text)) for word in words(text)]


def test_whole_words_and_letters_have_the_same_keys(connection: sa.Connection) -> None:
    sample = sorted(whole_words())[::20]
    text = " ".join([*sample, *(f"{c}{w}" for w in sample[::10] for c in "وفبلكس"), *sorted(letters())[::20]])
    assert in_postgres(connection, text) == [(*word, keys(word.text)) for word in words(text)]


def test_the_tables_in_postgres_are_those_of_python(connection: sa.Connection) -> None:
    assert dict(connection.execute(sa.text("SELECT letter, folded FROM core.search_letter")).all()) == letters()
    assert set(connection.scalars(sa.text("SELECT word FROM core.search_whole_word"))) == whole_words()


def test_the_index_holds_the_keys_at_their_places(connection: sa.Connection) -> None:
    rows = connection.execute(
        sa.text(
            "SELECT t.headline, t.body, s.tokens::text, s.published_on, s.outlets FROM core.article_search AS s"
            " JOIN core.article AS t USING (article_id)"
        )
    ).all()
    assert len(rows) > 10
    for headline, body, tokens, published_on, outlets in rows:
        days = [f"@{published_on:%Y-%m}", f"@{published_on:%Y-%m-%d}"] if published_on else ["@undated"]
        made = vector(headline, body, [*days, *(f"@o:{o}" for o in outlets)])
        assert connection.scalar(sa.text("SELECT CAST(:made AS tsvector)::text"), {"made": made}) == tokens


# What cannot be indexed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "خبر " * 60_000,
        " ".join(f"ك{n:x}" for n in range(60_000)),
        "\U00020000" * 200_000,
        "ا" * 3_000_000,
        "ﷺ" * 50_000,
    ],
    ids=["long", "many words", "wide", "one word", "ligatures"],
)
def test_a_text_of_any_length_has_a_vector(connection: sa.Connection, body: str) -> None:
    made = vector("عنوان", body, ["@o:it's a \\ name"])
    assert connection.scalar(sa.text("SELECT length(CAST(:made AS tsvector))"), {"made": made}) >= 2
