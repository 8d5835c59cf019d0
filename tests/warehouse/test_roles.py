"""What each role may do, and what it must not, tried on a real Postgres."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.annotating.gazetteer import Gazetteer
from rasd.errors import SettingError
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.pipeline.resolving import settle_keys
from rasd.warehouse import migrate, roles
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLES = sorted((resources.sql() / "examples").glob("*.sql"))
READER_MUST_NOT = (
    "INSERT INTO core.outlet VALUES ('a', 'b', 'outlet', NULL)",
    "UPDATE core.article SET headline = ''",
    "DELETE FROM core.mention",
    "TRUNCATE core.mention",
    "DROP VIEW report.article",
    "CREATE TABLE core.mine (a integer)",
    "CREATE TABLE report.mine (a integer)",
    "CREATE TABLE public.mine (a integer)",
    "CREATE SCHEMA mine",
    "CREATE VIEW report.mine AS SELECT 1",
    "SET ROLE rasd_owner",
    "SET ROLE rasd_writer",
    "COPY (SELECT 1) TO PROGRAM 'true'",
)
WRITER_MUST_NOT = (
    "DROP TABLE core.mention",
    "ALTER TABLE core.article ADD extra text",
    "DROP VIEW report.article",
    "UPDATE ops.migration SET version_num = ''",
    "CREATE TABLE core.mine (a integer)",
    "TRUNCATE raw.page",
    "ALTER TABLE core.mention DISABLE TRIGGER ALL",
)


def as_role(dsn: str, role: str) -> sa.Engine:
    engine = connect(dsn)

    @sa.event.listens_for(engine, "connect")
    def become(connection: object, _: object) -> None:
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"SET SESSION AUTHORIZATION {role}")
        connection.commit()  # type: ignore[attr-defined]

    return engine


@pytest.fixture
def dsn(new_database: Callable[..., str]) -> str:
    dsn = new_database()
    engine = connect(dsn)
    roles.grant(engine)
    roles.grant(engine)
    engine.dispose()
    return dsn


@pytest.fixture
def reader(dsn: str) -> Iterator[sa.Engine]:
    engine = as_role(dsn, "rasd_reader")
    yield engine
    engine.dispose()


@pytest.fixture
def writer(dsn: str) -> Iterator[sa.Engine]:
    engine = as_role(dsn, "rasd_writer")
    yield engine
    engine.dispose()


def refused(engine: sa.Engine, statement: str) -> bool:
    try:
        with engine.begin() as c:
            c.exec_driver_sql(statement)
    except sa.exc.DBAPIError as error:
        return getattr(error.orig, "pgcode", None) == "42501"
    return False


def test_the_reader_sees_report_and_core_and_nothing_else(reader: sa.Engine) -> None:
    with reader.connect() as c:
        relations = c.execute(
            sa.text(
                "SELECT relnamespace::regnamespace::text, oid::regclass::text FROM pg_class"
                " WHERE relkind IN ('r', 'p', 'v')"
                " AND relnamespace::regnamespace::text IN ('raw', 'core', 'ops', 'report')"
            )
        ).all()
    assert len(relations) > 30
    for schema, name in relations:
        assert refused(reader, f"SELECT FROM {name} LIMIT 1") == (schema in ("raw", "ops")), name


def test_reader_and_writer_change_no_more_than_they_should(reader: sa.Engine, writer: sa.Engine) -> None:
    for statement in READER_MUST_NOT:
        assert refused(reader, statement), statement
    for statement in WRITER_MUST_NOT:
        assert refused(writer, statement), statement
    with pytest.raises(SettingError, match="may not do that"):
        roles.grant(writer)


def test_the_reader_asks_every_example(reader: sa.Engine) -> None:
    with reader.connect() as c:
        for path in EXAMPLES:
            c.exec_driver_sql(path.read_text(encoding="utf-8").replace("%", "%%"))


def test_the_writer_runs_the_pipeline(writer: sa.Engine, reader: sa.Engine) -> None:
    migrate.require_current(writer)
    books = ingest(writer, IngestOptions(str(resources.seeds() / "inbox"), settle_seconds=0), Gazetteer())
    assert books.loaded > 10
    assert settle_keys(writer) > 10  # with its owner's rights
    with reader.connect() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM report.run_books WHERE is_closed")) == 1
        assert c.scalar(sa.text("SELECT count(*) FROM report.search('كازاخستان')")) > 5
        assert c.scalar(sa.text("SELECT count(*) FROM report.quarantine")) > 0


def test_what_a_migration_adds_has_its_rights_at_once(dsn: str, reader: sa.Engine, writer: sa.Engine) -> None:
    for role in (None, "rasd_owner"):
        owner = as_role(dsn, role) if role else connect(dsn)
        with owner.begin() as c:
            for schema in ("core", "ops", "raw"):
                c.exec_driver_sql(f"CREATE TABLE {schema}.later_{role} (a bigint GENERATED ALWAYS AS IDENTITY, b text)")
            c.exec_driver_sql(f"CREATE VIEW report.later_{role} AS SELECT a FROM ops.later_{role}")
        owner.dispose()
        for schema in ("core", "ops", "raw"):
            assert not refused(writer, f"INSERT INTO {schema}.later_{role} (b) VALUES ('x')")
        assert not refused(reader, f"SELECT FROM core.later_{role}")
        assert not refused(reader, f"SELECT FROM report.later_{role}")
        assert refused(reader, f"SELECT FROM ops.later_{role}")
        assert refused(reader, f"SELECT FROM raw.later_{role}")


def test_the_owner_can_migrate_what_somebody_else_had_made(dsn: str) -> None:
    owner = as_role(dsn, "rasd_owner")
    with owner.begin() as c:
        c.exec_driver_sql("COMMENT ON SCHEMA report IS 'another definition'")
        c.exec_driver_sql("ALTER TABLE core.article ADD extra text; ALTER TABLE core.article DROP extra")
    assert migrate.migrate(owner)
    assert migrate.drift(owner) == []
    owner.dispose()
