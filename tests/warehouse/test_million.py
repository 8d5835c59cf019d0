"""The generated warehouse on which everything is measured: as consistent as one that the pipeline wrote."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.arabic.text import fingerprint
from rasd.pipeline import publishing
from rasd.warehouse import migrate
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rasd.warehouse.embedded import EmbeddedPostgres

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import million
import warehouse_questions

from warehouse import Batch

ARTICLES = 1_200


@pytest.fixture(scope="module")
def filled(postgres: EmbeddedPostgres) -> Iterator[sa.Engine]:
    dsn = postgres.dsn(f"generated_{os.getpid()}")
    migrate.create_database(dsn)
    engine = connect(dsn)
    migrate.migrate(engine)
    million.fill(dsn, articles=ARTICLES)
    yield engine
    engine.dispose()


def test_keys_and_indexes_are_all_there_again(filled: sa.Engine) -> None:
    assert migrate.drift(filled) == []


_COUNTS = (
    *("core.article_search", "core.article_day", "core.publication", "core.entity_article"),
    *("core.entity_day", "core.entity_total", "core.outlet_day", "core.outlet_total", "core.press_day"),
)

# Each counts rows that must not be.
_WRONG = {
    "a mention that is not where it says": """
        SELECT count(*) FROM core.mention AS m JOIN core.article AS t USING (article_id)
        WHERE m.surface <> substr(CASE m.part WHEN 'body' THEN t.body ELSE t.headline END,
                                  m.start_offset + 1, m.end_offset - m.start_offset)""",
    "a mention outside of its sentence": """
        SELECT count(*) FROM core.mention AS m LEFT JOIN core.sentence AS s USING (article_id, sentence_no)
        WHERE m.part = 'body' AND (m.start_offset < s.start_offset OR m.end_offset > s.end_offset) IS NOT FALSE""",
    "a quotation without its marks": """
        SELECT count(*) FROM core.quotation AS q JOIN core.article AS t USING (article_id)
        WHERE substr(t.body, q.start_offset + 1, q.end_offset - q.start_offset) NOT LIKE '«%»'""",
    "a page that its segments do not tile": """
        SELECT count(*) FROM (
          SELECT s.start_offset <> lag(s.end_offset, 1, 0) OVER w AS gap,
            last_value(s.end_offset) OVER w <> char_length(p.text) AS short
          FROM core.segment AS s JOIN core.page AS p USING (page_id)
          WINDOW w AS (PARTITION BY page_id ORDER BY segment_no ROWS BETWEEN UNBOUNDED PRECEDING
            AND UNBOUNDED FOLLOWING)
        ) AS x WHERE gap OR short""",
    "a body map that leads elsewhere": """
        SELECT count(*) FROM core.appearance AS a JOIN core.article AS t USING (article_id)
        JOIN core.page AS p ON p.page_id = a.page_id
        WHERE substr(p.text, a.body_map[2] + 1, a.body_map[3]) <> t.body""",
    "an article not taken from its smallest page": """
        SELECT count(*) FROM core.article AS t WHERE (t.page_id, t.appearance_no) <>
          (SELECT a.page_id, a.appearance_no FROM core.appearance AS a WHERE a.article_id = t.article_id
           ORDER BY page_id, appearance_no LIMIT 1)""",
    "an entity that nothing names": """
        SELECT count(*) FROM core.entity WHERE entity_id NOT IN (SELECT entity_id FROM core.mention)""",
    "a spelling without its strongest reason": """
        SELECT count(*) FROM core.entity_name AS n FULL JOIN (
          SELECT DISTINCT ON (entity_id, spelling) entity_id, spelling AS name, link_rule, link_score FROM core.mention
          ORDER BY entity_id, spelling, link_score DESC, link_rule DESC
        ) AS m USING (entity_id, name) WHERE (n.rule, n.score) IS DISTINCT FROM (m.link_rule, m.link_score)""",
    "a speaker that its article does not name": """
        SELECT count(*) FROM core.speaker AS s LEFT JOIN core.quotation AS q USING (article_id, quotation_no)
        WHERE q.speaker IS DISTINCT FROM s.name OR NOT EXISTS (SELECT FROM core.mention AS m
          WHERE (m.article_id, m.sense_id, m.spelling) = (s.article_id, s.sense_id, s.name))""",
    "a story not named by its smallest article": """
        SELECT count(*) FROM (
          SELECT story_id, min(article_id::text)::uuid AS least FROM core.story_article GROUP BY story_id
        ) AS s WHERE story_id <> least""",
    "a run whose books do not close": """
        SELECT count(*) FROM ops.run AS r WHERE n_seen <> (SELECT count(*) FROM ops.outcome AS o
          WHERE o.run_id = r.run_id AND o.outcome IS NOT NULL)""",
    "a count of mentions that is not theirs": """
        SELECT count(*) FROM core.annotation AS n
        WHERE n_mentions <> (SELECT count(*) FROM core.mention AS m WHERE m.article_id = n.article_id)""",
    "a count of words that is not theirs": """
        SELECT count(*) FROM core.article WHERE n_words <> cardinality(regexp_split_to_array(body, '\\s+'))""",
}


@pytest.mark.parametrize("what", _WRONG)
def test_the_rows_agree_with_each_other(filled: sa.Engine, what: str) -> None:
    with filled.connect() as c:
        assert c.scalar(sa.text(_WRONG[what])) == 0


def test_it_has_the_size_asked_for_and_something_of_everything(filled: sa.Engine) -> None:
    with filled.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM core.article")) == ARTICLES
        for table in million.COLUMNS:
            assert c.scalar(sa.text(f"SELECT count(*) FROM {table}")), table
        body, found = c.execute(sa.text("SELECT body, encode(fingerprint, 'hex') FROM core.article LIMIT 1")).one()
    assert fingerprint(body) == found


def test_what_is_published_is_what_publishing_makes_of_the_rows(filled: sa.Engine) -> None:
    counts = {t: sa.text(f"SELECT count(*), sum(hashtextextended(x::text, 0)::numeric) FROM {t} AS x") for t in _COUNTS}
    with filled.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM ops.unpublished")) == 0
        before = {table: tuple(c.execute(query).one()) for table, query in counts.items()}
    assert all(count for count, _ in before.values()), before
    with filled.begin() as c:
        c.execute(sa.text("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article"))
    assert publishing.publish(filled) == ARTICLES
    with filled.connect() as c:
        assert {table: tuple(c.execute(query).one()) for table, query in counts.items()} == before


def test_every_report_is_measured_and_answers(filled: sa.Engine) -> None:
    there = {path.stem for path in (resources.sql() / "report").glob("*.sql")}
    asked = {name for q in warehouse_questions.QUESTIONS for name in re.findall(r"report\.(\w+)", q.sql)}
    assert asked | warehouse_questions.WITHIN == there
    with filled.connect() as c:
        for question in warehouse_questions.QUESTIONS:
            chosen = c.execute(sa.text(question.samples), {"n": 2}).mappings().first() or {}
            c.execute(sa.text(question.sql), dict(chosen)).all()


def test_what_is_merged_again_is_not_even_locked(new_database: Callable[..., str]) -> None:
    """A row lock stays in xmax: it is written to the log, and its page once more when it is read next."""
    engine = connect(new_database())
    batch = Batch(7, 1)

    def versions() -> dict[str, int]:
        with engine.connect() as c:
            return {
                table: c.scalar(sa.text(f"SELECT sum(hashtext(ctid::text || xmin || '/' || xmax)) FROM {table}"))
                for table, rows in batch.tables()
                if rows
            }

    batch.load(engine)
    before = versions()
    batch.load(engine)
    assert versions() == before
    batch.settle(engine)
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM core.mention WHERE entity_id IS NULL")) == 0
    engine.dispose()


def test_the_same_seed_gives_the_same_rows() -> None:
    assert million.block(1, 3, ARTICLES, 50) == million.block(1, 3, ARTICLES, 50)
    assert million.block(1, 3, ARTICLES, 50) != million.block(2, 3, ARTICLES, 50)


def test_what_is_filled_is_not_filled_again(filled: sa.Engine) -> None:
    with pytest.raises(ValueError, match="not empty"):
        million.fill(filled.url.render_as_string(hide_password=False), articles=10)
