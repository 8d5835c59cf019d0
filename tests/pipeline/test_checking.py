"""Checks find what they are there to find, in a run and in the whole warehouse, and pass on what is well."""

from __future__ import annotations

import shutil
import uuid
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.annotating.gazetteer import Gazetteer
from rasd.errors import RasdError
from rasd.pipeline.checking import check, require
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.warehouse.engine import connect
from rasd.warehouse.reports import checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasd.warehouse.embedded import EmbeddedPostgres

# What is broken, and the checks that must say so, and no other.
FAULTS = {
    "UPDATE ops.outcome SET outcome = NULL WHERE source_no = 1": {"books_close"},
    "ALTER TABLE raw.page ALTER content DROP NOT NULL; UPDATE raw.page SET content = content || '\\x20'": {
        "page_bytes"
    },
    "UPDATE core.segment SET end_offset = end_offset + 1 WHERE segment_no = 1": {"segments_tile"},
    "DELETE FROM core.segment WHERE segment_no = 2": {"segments_tile"},
    "UPDATE core.article SET appearance_no = 99": {"orphan_article"},
    "UPDATE core.article SET fingerprint = sha256(fingerprint)": {"duplicate_key"},
    "UPDATE core.mention SET end_offset = end_offset + 1 WHERE part = 'body'": {"mention_outside_text"},
    "UPDATE core.mention SET surface = 'غيره' WHERE part = 'headline'": {"mention_outside_text"},
    "UPDATE core.sentence SET end_offset = 1000000 WHERE sentence_no = 1": {"sentence_outside_text"},
    "UPDATE core.annotation SET text_sha256 = '\\x00'": {"not_annotated"},
    "UPDATE core.mention SET sense_id = gen_random_uuid()": {"orphan_row"},
    "UPDATE core.mention SET entity_id = gen_random_uuid()": {"orphan_row"},
    "INSERT INTO core.sentence SELECT gen_random_uuid(), 1, 1, 0, 1, '1', run_id FROM ops.run": {"orphan_row"},
    "DELETE FROM core.article_sketch": {"not_annotated"},
    "DELETE FROM core.article_search": {"not_published"},
    "UPDATE core.press_day SET n_articles = n_articles + 1": {"counts_agree"},
    "UPDATE core.appearance SET published_on = '2100-01-01' WHERE published_on IS NOT NULL": {"date_in_future"},
    "UPDATE core.appearance SET published_on = '1890-01-01' WHERE published_on IS NOT NULL": {"date_long_ago"},
    "UPDATE core.page SET confidence = 0.1": {"doubtful_pages"},
    "UPDATE core.appearance SET published_on = NULL, published_precision = NULL, published_calendar = NULL,"
    " published_evidence = NULL": {"undated_pages"},
    "UPDATE ops.run SET n_quarantined = n_quarantined + n_loaded, n_loaded = 0": {"quarantined_pages"},
}


@pytest.fixture(scope="module")
def filled(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with some pages in it, for others to be copied from."""
    inbox = tmp_path_factory.mktemp("inbox")
    for path in sorted((resources.seeds() / "inbox").glob("0[1-6]*.txt")):
        shutil.copy(path, inbox)
    name = f"checked_{uuid.uuid4().hex}"
    admin = connect(postgres.dsn("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as c:
        c.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template_warehouse STRATEGY FILE_COPY")
    admin.dispose()
    engine = connect(postgres.dsn(name))
    ingest(engine, IngestOptions(str(inbox), settle_seconds=0), Gazetteer())
    engine.dispose()
    return name


@pytest.fixture
def warehouse(postgres: EmbeddedPostgres, filled: str) -> Iterator[sa.Engine]:
    name = f"{filled}_{uuid.uuid4().hex}"[:63]
    admin = connect(postgres.dsn("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as c:
        c.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {filled} STRATEGY FILE_COPY")
    engine = connect(postgres.dsn(name))
    yield engine
    engine.dispose()
    with admin.connect() as c:
        c.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


def the_run(engine: sa.Engine) -> uuid.UUID:
    with engine.connect() as c:
        run_id: uuid.UUID = c.scalars(sa.text("SELECT run_id FROM ops.run")).one()
    return run_id


def test_what_is_well_passes_and_is_kept(warehouse: sa.Engine) -> None:
    for run_id in (the_run(warehouse), None):
        results = check(warehouse, run_id)
        assert {r.check_name for r in results} == {c["check_name"] for c in checks()}
        assert [r for r in results if not r.is_passed] == []
        assert require(results) == []
    with warehouse.connect() as c:
        kept = c.execute(sa.text("SELECT run_id, is_latest FROM report.quality WHERE question IS NOT NULL")).all()
    assert len(kept) == 2 * len(results)
    assert {r.run_id for r in kept if r.is_latest} == {None}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: next(iter(FAULTS[f])))
def test_a_fault_is_found(warehouse: sa.Engine, fault: str) -> None:
    with warehouse.begin() as c:
        c.exec_driver_sql("SET LOCAL session_replication_role = replica")
        c.exec_driver_sql(fault)
    for run_id in (the_run(warehouse), None):
        failed = [r for r in check(warehouse, run_id) if not r.is_passed]
        assert {r.check_name for r in failed} == FAULTS[fault]
        assert all(r.example for r in failed)
        if {r.severity for r in failed} == {"error"}:
            with pytest.raises(RasdError, match=next(iter(FAULTS[fault]))):
                require(failed)
        else:
            assert require(failed) == failed


def test_every_shipped_error_is_tried() -> None:
    tried = set().union(*FAULTS.values())
    assert {c["check_name"] for c in checks() if c["severity"] == "error"} <= tried


def test_a_desk_adds_checks_of_its_own(warehouse: sa.Engine) -> None:
    with warehouse.begin() as c:
        c.execute(
            sa.text(
                "INSERT INTO ops.quality_check (check_name, question, severity, at_most, statement) VALUES"
                " ('own', 'Articles.', 'error', 1, 'SELECT count(*) AS value, NULL AS example FROM checked_article'),"
                " ('broken', 'Nothing.', 'warning', 0, 'SELECT no_such_column'),"
                " ('shapeless', 'Nothing.', 'warning', 0, 'SELECT 1 AS other')"
            )
        )
    failed = {r.check_name: r for r in check(warehouse) if not r.is_passed}
    assert set(failed) == {"own", "broken", "shapeless"}
    assert failed["own"].value
    assert failed["own"].value > 1
    assert failed["broken"].value is None
    assert "no_such_column" in str(failed["broken"].example)
