"""Migrations, drift, report views and examples, on a real Postgres."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.errors import RasdError, SettingError, TransientError
from rasd.warehouse import migrate, reports, schema
from rasd.warehouse.engine import connect, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = sorted((resources.sql() / "examples").glob("*.sql"))


def test_migrated_database_has_no_drift(warehouse: sa.Engine) -> None:
    assert migrate.drift(warehouse) == []


def test_drift_is_found(warehouse: sa.Engine) -> None:
    with warehouse.begin() as c:
        c.exec_driver_sql("ALTER TABLE core.segment DROP COLUMN rule CASCADE")
    assert [d[0] for d in migrate.drift(warehouse)] == ["add_column"]


def test_tables_are_vacuumed_as_the_schema_says(warehouse: sa.Engine) -> None:
    with warehouse.connect() as c:
        rows = c.execute(
            sa.text(
                "SELECT oid::regclass::text, reloptions FROM pg_class WHERE relkind = 'r' AND reloptions IS NOT NULL"
            )
        ).all()
    said = {name: table.dialect_options["postgresql"]["with"] for name, table in schema.metadata.tables.items()}
    assert {name: {*options} for name, options in rows} == {
        name: {f"{option}={value}" for option, value in options.items()} for name, options in said.items() if options
    }


def test_migrating_twice_changes_nothing(warehouse: sa.Engine) -> None:
    assert migrate.migrate(warehouse) is False


def test_reports_come_again_after_a_kill_between_a_migration_and_them(warehouse: sa.Engine) -> None:
    with warehouse.begin() as c:
        reports.drop(c)
    assert migrate.migrate(warehouse) is True
    with warehouse.connect() as c:
        assert c.scalar(sa.text("SELECT to_regclass('report.article') IS NOT NULL"))


def test_views_of_others_that_rest_on_reports_outlive_them(
    warehouse: sa.Engine, caplog: pytest.LogCaptureFixture
) -> None:
    role = "analyst_of_views"
    with warehouse.begin() as c:
        if not c.scalar(sa.text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)"), {"role": role}):
            c.exec_driver_sql(f"CREATE ROLE {role}")
        c.exec_driver_sql(f"CREATE SCHEMA mart AUTHORIZATION {role}")
        c.exec_driver_sql(f"GRANT USAGE ON SCHEMA core, report TO {role}")
        c.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA core, report TO {role}")
        c.exec_driver_sql("CREATE VIEW report.of_before AS SELECT 1 AS one")
        c.exec_driver_sql(f"GRANT SELECT ON report.of_before TO {role}")
        c.exec_driver_sql(f"SET LOCAL ROLE {role}")
        c.exec_driver_sql(
            'CREATE VIEW mart."ما يهم" WITH (security_barrier=true) AS'
            " SELECT entity_id, name AS \"اسم\" FROM report.entity WHERE name LIKE '%%م%%'"
        )
        c.exec_driver_sql("COMMENT ON VIEW mart.\"ما يهم\" IS 'what''s ours'")
        c.exec_driver_sql('COMMENT ON COLUMN mart."ما يهم"."اسم" IS \'its name: 100 %%\'')
        c.exec_driver_sql('CREATE VIEW mart.above AS SELECT count(*) AS n FROM mart."ما يهم"')
        c.exec_driver_sql("GRANT SELECT ON mart.above TO PUBLIC")
        c.exec_driver_sql("CREATE MATERIALIZED VIEW mart.trends AS SELECT entity_id, score FROM report.entity_trend()")
        c.exec_driver_sql("CREATE UNIQUE INDEX ON mart.trends (entity_id)")
        c.exec_driver_sql("CREATE VIEW mart.lost AS SELECT one FROM report.of_before")
    shape = sa.text(
        "SELECT c.relname, c.relkind, c.relowner::regrole::text, c.relacl::text, c.reloptions, pg_get_viewdef(c.oid),"
        " obj_description(c.oid), col_description(c.oid, 2) FROM pg_class AS c"
        " WHERE c.relnamespace = 'mart'::regnamespace AND c.relname <> 'lost' ORDER BY 1"
    )
    with warehouse.connect() as c:
        before = c.execute(shape).all()
    assert len(before) == 4, "three views and an index"
    with warehouse.begin() as c:
        reports.renew(c, force=True)
    with warehouse.connect() as c:
        assert c.execute(shape).all() == before
        assert c.scalar(sa.text("SELECT to_regclass('mart.lost')")) is None
    assert "mart.lost" in caplog.text
    assert "SELECT one" in caplog.text


def test_views_of_others_outlive_an_upgrade_that_is_killed(
    warehouse: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warehouse.begin() as c:
        c.exec_driver_sql("CREATE SCHEMA mart")
        c.exec_driver_sql("CREATE VIEW mart.days AS SELECT outlet, published_on FROM report.outlet_day")
        c.exec_driver_sql("CREATE VIEW mart.a_count AS SELECT count(*) FROM mart.days")

    def killed(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(migrate, "version", lambda _: migrate._revisions()[1])
            patch.setattr(reports, "renew", killed)
            with pytest.raises(KeyboardInterrupt):
                migrate.migrate(warehouse)
    with warehouse.connect() as c:
        assert c.scalar(sa.text("SELECT to_regclass('mart.days')")) is None
    assert migrate.migrate(warehouse)
    with warehouse.connect() as c:
        assert c.scalar(sa.text("SELECT count FROM mart.a_count")) == 0
    assert migrate.drift(warehouse) == []
    assert not migrate.migrate(warehouse)


def test_migrating_from_many_processes_at_once(new_database: Callable[..., str]) -> None:
    dsn = new_database("template0")
    with ThreadPoolExecutor(4) as pool:
        engines = [connect(dsn) for _ in range(4)]
        assert sum(pool.map(migrate.migrate, engines)) == 1
    assert migrate.drift(engines[0]) == []
    for engine in engines:
        engine.dispose()


def test_a_warehouse_of_a_newer_version_is_left_alone(new_database: Callable[..., str]) -> None:
    engine = connect(new_database())
    migrate.migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE ops.migration SET version_num = '9999'")
    with pytest.raises(RasdError, match=r"schema 9999, which this version of Rasd does not know.*a newer one"):
        migrate.migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT to_regclass('report.entity') IS NOT NULL")), (
            "its views are still there"
        )
    engine.dispose()


def test_a_warehouse_without_schema_is_refused_in_plain_words(new_database: Callable[..., str]) -> None:
    engine = connect(new_database("template0"))
    with pytest.raises(RasdError, match="rasd db migrate"):
        migrate.require_current(engine)
    engine.dispose()


@pytest.mark.parametrize("dsn", ["not an address", "sqlite:///x.db"])
def test_an_address_that_is_none_is_refused_in_plain_words(dsn: str) -> None:
    with pytest.raises(SettingError, match="RASD_WAREHOUSE_DSN"):
        connect(dsn)


def test_a_server_that_is_down_is_a_fault_that_passes(tmp_path: object) -> None:
    engine = connect(f"postgresql://rasd@/rasd?host={tmp_path}")
    with pytest.raises(TransientError), transaction(engine):
        pass


def test_every_table_and_column_is_explained_in_the_database(warehouse: sa.Engine) -> None:
    with warehouse.connect() as c:
        missing = c.execute(
            sa.text(
                """
                SELECT c.oid::regclass, a.attname FROM pg_class AS c
                JOIN pg_namespace AS n ON n.oid = c.relnamespace
                JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE n.nspname IN ('raw', 'core', 'ops') AND c.relkind = 'r' AND c.relname <> 'migration'
                  AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)
                """
            )
        ).all()
        views = c.scalars(
            sa.text(
                "SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'report'::regnamespace"
                " AND c.relkind = 'v' AND obj_description(c.oid) IS NULL"
            )
        ).all()
        handed_on = c.scalar(
            sa.text(
                "SELECT col_description('report.page_appearance'::regclass, attnum) FROM pg_attribute"
                " WHERE attrelid = 'report.page_appearance'::regclass AND attname = 'published_evidence'"
            )
        )
    assert missing == []
    assert views == []
    assert handed_on == schema.metadata.tables["core.appearance"].c.published_evidence.comment


@pytest.mark.parametrize("path", sorted((resources.sql() / "merge").glob("*.sql")), ids=lambda p: p.stem)
def test_a_merge_names_every_column_of_its_table(path: object) -> None:
    text = path.read_text()  # type: ignore[attr-defined]
    layer, _, table = path.stem.partition("_")  # type: ignore[attr-defined]
    for column in schema.metadata.tables[f"{layer}.{table}"].c:
        if column.server_default is None and column.name not in ("released_at", "released_by", "resolved_at"):
            assert re.search(rf"\b{column.name}\b", text), column.name


def test_there_are_enough_examples() -> None:
    assert len(EXAMPLES) >= 10


def test_every_example_has_its_answer() -> None:
    answered = (resources.sql().parent / "docs" / "answers.md").read_text(encoding="utf-8")
    for path in EXAMPLES:
        question, _, query = path.read_text(encoding="utf-8").partition("\n")
        assert question.removeprefix("-- ") in answered, "make docs"
        assert query.strip() in answered, "make docs"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_runs(warehouse: sa.Engine, path: object) -> None:
    text = path.read_text()  # type: ignore[attr-defined]
    assert text.startswith("-- "), "an example begins with its question"
    with warehouse.connect() as c:
        c.exec_driver_sql(text.replace("%", "%%"))


_UNDERSTOOD_BEFORE = """
SET session_replication_role = replica;
INSERT INTO ops.run (run_id, pipeline, options, reader_version, recogniser_version, state)
VALUES ('00000000-0000-0000-0000-000000000001', 'ingest', '{}', '1', '1', 'open');
INSERT INTO core.entity (entity_id, entity_key, entity_type, name, is_curated, run_id)
VALUES ('00000000-0000-0000-0000-000000000002', 'PER/منى قرطباوي', 'PER', 'منى قرطباوي', false,
  '00000000-0000-0000-0000-000000000001');
INSERT INTO core.entity_name (entity_id, name, rule, score, run_id)
VALUES ('00000000-0000-0000-0000-000000000002', 'منى قرطباوي', 'own name', 0.95,
  '00000000-0000-0000-0000-000000000001');
INSERT INTO core.mention (article_id, part, start_offset, end_offset, sentence_no, mention_type, surface, prefix,
  confidence, entity_id, spelling, link_rule, link_score, recogniser_version, run_id)
VALUES ('00000000-0000-0000-0000-000000000003', 'body', 0, 11, 1, 'PER', 'منى قرطباوي', '', 1,
  '00000000-0000-0000-0000-000000000002', 'منى قرطباوي', 'own name', 0.95, '1', '00000000-0000-0000-0000-000000000001');
SET session_replication_role = DEFAULT;
"""


def test_what_was_understood_before_names_met_across_articles_stays_readable(new_database: Callable[..., str]) -> None:
    from alembic import command

    engine = connect(new_database("template0"))
    with engine.connect() as c:
        for name in schema.SCHEMAS:
            c.exec_driver_sql(f"CREATE SCHEMA {name}")
        c.commit()
        command.upgrade(migrate._config(c), "0006")
        c.commit()
        c.exec_driver_sql(_UNDERSTOOD_BEFORE)
        c.commit()
    migrate.migrate(engine)
    assert migrate.drift(engine) == []
    with engine.connect() as c:
        found = c.execute(sa.text("SELECT surface, entity FROM report.mention")).one()
        sense = c.execute(sa.text("SELECT sense_key, name, joining_version FROM core.sense")).one()
    assert tuple(found) == ("منى قرطباوي", "منى قرطباوي")
    assert tuple(sense) == ("PER/منى قرطباوي", "منى قرطباوي", "0")
    engine.dispose()
