"""Rows whose parents are checked by sets: refused without one, removed or held with one, whoever is first."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd.errors import TransientError
from rasd.warehouse import schema
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

RUN, PAGE, ARTICLE, SENSE, ABSENT = (f"00000000-0000-0000-0000-00000000000{n}" for n in range(1, 6))
_PARENTS = f"""
INSERT INTO ops.run (run_id, pipeline, options, reader_version, recogniser_version, state)
VALUES ('{RUN}', 'ingest', '{{}}', '1', '1', 'open');
INSERT INTO raw.page (page_id, sha256, content, media_type, n_bytes, run_id)
VALUES ('{PAGE}', '', '', 'text', 0, '{RUN}');
INSERT INTO core.page VALUES ('{PAGE}', 'خبر', 'utf-8', 1, 1, '{{}}', '{{}}', '1', '{RUN}');
INSERT INTO core.article VALUES ('{ARTICLE}', '', 'خبر', 'خبر', 1, '', '{PAGE}', 1, '1', '{RUN}');
INSERT INTO core.entity (entity_id, entity_key, entity_type, name, is_curated, is_renamed, run_id)
VALUES ('{SENSE}', 'PER/منى', 'PER', 'منى', false, false, '{RUN}');
INSERT INTO core.sense (sense_id, sense_key, entity_type, name, is_curated, is_short, is_common, countries, fields,
  companions, group_id, rule, score, is_open, entity_id, joining_version, run_id)
VALUES ('{SENSE}', 'PER/منى', 'PER', 'منى', false, false, false, '{{}}', '{{}}', '{{}}', '{SENSE}', 'own name', 1,
  false, '{SENSE}', '1', '{RUN}');
"""
_SENTENCE = "INSERT INTO core.sentence VALUES (:article, 1, 1, 0, 3, '1', :run)"
_MENTION = """
INSERT INTO core.mention (article_id, part, start_offset, end_offset, sentence_no, mention_type, surface, prefix,
  confidence, sense_id, entity_id, spelling, link_rule, link_score, recogniser_version, run_id)
VALUES (:article, 'body', 0, 3, 1, 'PER', 'منى', '', 1, :sense, :entity, 'منى', 'own name', 1, '1', :run)
"""
_DELETE = "DELETE FROM core.article WHERE article_id = :article"
_VALUES = {"article": ARTICLE, "sense": SENSE, "entity": SENSE, "run": RUN, "page": PAGE}


def run(connection: sa.Connection, text: str, **values: str | None) -> None:
    connection.execute(sa.text(text), {**_VALUES, **values})


def count(engine: sa.Engine, table: str) -> int:
    with engine.connect() as c:
        return int(c.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


@pytest.fixture
def stocked(warehouse: sa.Engine) -> Iterator[sa.Engine]:
    with warehouse.begin() as c:
        c.exec_driver_sql(_PARENTS)
    yield warehouse


def test_the_database_checks_what_the_schema_says(warehouse: sa.Engine) -> None:
    with warehouse.connect() as c:
        found = c.execute(
            sa.text(
                """
                SELECT tgrelid::regclass::text, tgname, encode(tgargs, 'escape') FROM pg_trigger
                WHERE tgfoid IN ('core.has_parent'::regproc, 'core.parent_goes'::regproc) AND tgenabled = 'O'
                """
            )
        ).all()
    checks = {(table, name, *arguments.split("\\000")[:-1]) for table, name, arguments in found}
    wanted = set()
    for table in schema.metadata.tables.values():
        for column in table.columns:
            if parent := column.info.get("parent"):
                name = parent.removeprefix("core.")
                for event in ("insert", "update"):
                    wanted.add((str(table), f"{column.name}_{event}", column.name, name))
                goes = "cascade" if parent in ("core.article", "core.page") else "refuse"
                wanted.add((parent, f"below_{table.name}", table.name, column.name, goes))
    assert checks == wanted
    assert len(wanted) == 24


@pytest.mark.parametrize("missing", ["article", "sense", "entity"])
def test_a_row_without_its_parent_is_refused(stocked: sa.Engine, missing: str) -> None:
    orphan = rf"{missing}_id of core.mention is not in core.{missing}: {ABSENT}"
    with pytest.raises(sa.exc.IntegrityError, match=orphan), stocked.begin() as c:
        run(c, _MENTION, **{missing: ABSENT})
    with stocked.begin() as c:
        run(c, _MENTION)
    with pytest.raises(sa.exc.IntegrityError, match=rf"is not in core.{missing}"), stocked.begin() as c:
        run(c, f"UPDATE core.mention SET {missing}_id = '{ABSENT}'")
    with stocked.begin() as c:  # what points to nothing points to no missing row
        run(c, "UPDATE core.mention SET entity_id = NULL")


@pytest.mark.parametrize(
    "row",
    [
        "INSERT INTO core.segment VALUES (:page, 1, 'title', 0, 3, 'rule', NULL, '1', :run)",
        _SENTENCE,
        "INSERT INTO core.quotation (article_id, quotation_no, start_offset, end_offset, kind, reader_version, run_id)"
        " VALUES (:article, 1, 0, 3, 'term', '1', :run)",
        "INSERT INTO core.demonym VALUES (:article, 'body', 0, 3, 1, 'منى', '', :sense, '1', :run)",
    ],
)
def test_every_table_below_is_checked(stocked: sa.Engine, row: str) -> None:
    for name in ("page", "article", "sense"):
        if f":{name}" in row:
            with pytest.raises(sa.exc.IntegrityError, match="is not in core"), stocked.begin() as c:
                run(c, row, **{name: ABSENT})
    with stocked.begin() as c:
        run(c, row)


def test_what_stands_below_goes_with_its_article_and_holds_its_name(stocked: sa.Engine) -> None:
    with stocked.begin() as c:
        run(c, _SENTENCE)
        run(c, _MENTION)
    for parent in ("sense", "entity"):
        with pytest.raises(sa.exc.IntegrityError, match=rf"still refers to {parent}_id"), stocked.begin() as c:
            c.exec_driver_sql("UPDATE core.sense SET entity_id = NULL")
            c.exec_driver_sql(f"DELETE FROM core.{parent}")
    with stocked.begin() as c:
        run(c, _DELETE)
    assert (count(stocked, "core.sentence"), count(stocked, "core.mention")) == (0, 0)
    with stocked.begin() as c:
        c.exec_driver_sql("DELETE FROM core.sense; DELETE FROM core.entity")


def test_a_key_that_rows_refer_to_never_changes(stocked: sa.Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="never change"), stocked.begin() as c:
        run(c, f"UPDATE core.article SET article_id = '{ABSENT}'")


@contextmanager
def while_open(engine: sa.Engine, first: str, second: str, isolation: str = "READ COMMITTED") -> Iterator[Future[None]]:
    """Run `first` and end it once `second`, run beside it, waits for it; give back the second one, ended or not."""

    def beside() -> None:
        with transaction(engine) as c:
            run(c, second)

    with ThreadPoolExecutor(1) as pool:
        with engine.execution_options(isolation_level=isolation).begin() as c:
            run(c, first)
            waiting = pool.submit(beside)
            wait_for_a_lock(engine, waiting)
        yield waiting


def test_a_row_written_while_its_article_goes_is_refused(stocked: sa.Engine) -> None:
    orphan = r"is not in core\.article"  # it lost a race: it is tried again
    with while_open(stocked, _DELETE, _SENTENCE) as writing, pytest.raises(TransientError, match=orphan):
        writing.result(timeout=30)
    assert count(stocked, "core.sentence") == 0


def test_an_article_that_goes_while_a_row_is_written_takes_it_along(stocked: sa.Engine) -> None:
    with while_open(stocked, _SENTENCE, _DELETE) as removing:
        removing.result(timeout=30)
    assert (count(stocked, "core.article"), count(stocked, "core.sentence")) == (0, 0)


# A sense holds its entity, so it is let go first.
_DELETE_NAMED = {
    "sense": "DELETE FROM core.sense WHERE sense_id = :sense",
    "entity": "UPDATE core.sense SET entity_id = NULL; DELETE FROM core.entity",
}


@pytest.mark.parametrize("named", _DELETE_NAMED)
def test_a_mention_written_while_its_name_goes_is_refused(stocked: sa.Engine, named: str) -> None:
    orphan = rf"is not in core\.{named}"
    with (
        while_open(stocked, _DELETE_NAMED[named], _MENTION) as writing,
        pytest.raises(TransientError, match=orphan),
    ):
        writing.result(timeout=30)
    assert count(stocked, "core.mention") == 0


@pytest.mark.parametrize("named", _DELETE_NAMED)
@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ"])
def test_a_name_that_goes_while_it_is_mentioned_is_held(stocked: sa.Engine, named: str, isolation: str) -> None:
    held = f"still refers to {named}_id"
    with (
        while_open(stocked, _MENTION, _DELETE_NAMED[named], isolation) as removing,
        pytest.raises(TransientError, match=held),
    ):
        removing.result(timeout=30)
    assert count(stocked, f"core.{named}") == 1


def test_names_can_be_mentioned_side_by_side(stocked: sa.Engine) -> None:
    with stocked.begin() as one, stocked.begin() as other:
        run(one, _MENTION)
        run(other, _MENTION.replace("'body', 0", "'headline', 0"))
    assert count(stocked, "core.mention") == 2


def test_nothing_is_removed_by_who_cannot_see_what_was_written_since(stocked: sa.Engine) -> None:
    engine = stocked.execution_options(isolation_level="REPEATABLE READ")
    with pytest.raises(sa.exc.NotSupportedError, match="read what is committed"), engine.begin() as c:
        run(c, _DELETE)


def wait_for_a_lock(engine: sa.Engine, waiting: Future[None]) -> None:
    """Return as soon as somebody in this database waits for a lock, or `waiting` has ended without."""
    text = (
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        while not waiting.done() and not c.exec_driver_sql(text).scalar():
            time.sleep(0.01)
