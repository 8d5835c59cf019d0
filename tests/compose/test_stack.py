"""The living system of docker-compose.yml on a real engine, in the order in which an operator meets it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest
import s3fs
import sqlalchemy as sa
import standins
from stack import ROOT, SERVICES, Engine, Stack, documented, wait_for

from object_store import upload
from rasd.warehouse import migrate, schema
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect
from receivers import statsd, webhook

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.xdist_group("compose")
CORE = sorted(name for name in schema.metadata.tables if name.startswith("core."))


def tables(engine: sa.Engine) -> dict[str, tuple[int, str]]:
    """Return number and digest of the rows of every core table, without the run that made them."""
    found = {}
    with engine.connect() as connection:
        for name in CORE:
            table = schema.metadata.tables[name]
            columns = ", ".join(
                f"t.{c.name}" for c in table.columns if c.name != "run_id" and not c.name.endswith("_at")
            )
            found[name] = tuple(
                connection.exec_driver_sql(
                    f"SELECT count(*), md5(string_agg(h, '' ORDER BY h))"
                    f" FROM (SELECT md5(ROW({columns})::text) AS h FROM {name} AS t) AS rows"
                ).one()
            )
    engine.dispose()
    return found  # type: ignore[return-value]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Loads an inbox in one undisturbed process, outside of any container, and returns the tables."""
    home = tmp_path_factory.mktemp("reference")
    with EmbeddedPostgres(home, durable=False) as server:

        def load(inbox: Path, name: str, seeds: Path = ROOT / "seeds") -> dict[str, tuple[int, str]]:
            dsn = server.dsn(name)
            migrate.create_database(dsn)
            engine = connect(dsn)
            migrate.migrate(engine)
            own = {"RASD_WAREHOUSE_DSN": dsn, "RASD_SETTLE_SECONDS": "0", "RASD_SEEDS": str(seeds)}
            environment = {**os.environ, **own}
            subprocess.run(
                [sys.executable, "-m", "rasd", "run", str(inbox)], env=environment, check=True, capture_output=True
            )
            return tables(engine)

        yield load


def test_every_service_comes_up_healthy(stack: Stack) -> None:
    stack.wait_until_healthy()
    assert stack.compose("ps", "--quiet", "init").strip() == "" or stack.inspect("init")["State"]["ExitCode"] == 0


def test_the_ui_asks_who_is_there(stack: Stack) -> None:
    for path in ("/api/v2/dags", "/api/v2/connections", "/api/v2/pools"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            stack.call(path)
        assert refused.value.code == 401
    with pytest.raises(urllib.error.HTTPError) as refused:
        stack.call("/auth/token", {"username": "admin", "password": "admin"})
    assert refused.value.code == 401
    with urllib.request.urlopen(f"http://127.0.0.1:{stack.port}/auth/login/", timeout=30) as answer:
        assert b'type="password"' in answer.read()
    roles = {role["name"] for role in stack.api("/auth/fab/v1/roles")["roles"]}
    assert {"Viewer", "User", "Op", "Admin"} <= roles


def test_init_has_made_pool_and_connections(stack: Stack) -> None:
    assert stack.api("/api/v2/pools/rasd_writers")["slots"] == 2
    connections = {c["connection_id"]: c for c in stack.api("/api/v2/connections")["connections"]}
    assert connections["rasd_warehouse"]["login"] == "rasd_writer"
    assert connections["rasd_warehouse_reader"]["login"] == "rasd_reader"


def test_a_scheduled_run_happens_by_itself(stack: Stack) -> None:
    query = "SELECT n_seen FROM ops.run WHERE state = 'closed' AND external_id LIKE 'rasd_ingest/scheduled%'"
    # Every quarter of an hour, and once when the DAG is met for the first time.
    wait_for(lambda: stack.ask(query), 240, "a scheduled run")


def test_a_run_triggered_through_the_api_ingests_what_lies_in_the_inbox(stack: Stack) -> None:
    shutil.copytree(ROOT / "seeds" / "inbox", stack.inbox, dirs_exist_ok=True)
    assert stack.ingest() == "success"
    # A scheduled run may have come first: what counts is that all runs together have loaded each page once.
    books = stack.ask("SELECT max(n_seen), sum(n_loaded), max(n_quarantined) FROM ops.run WHERE state = 'closed'")
    assert books == [(19, 17, 1)]
    assert stack.ask("SELECT count(*) > 0 FROM report.entity", "rasd_reader") == [(True,)]


def test_the_newsroom_is_in_the_image_and_asks_who_is_there(stack: Stack) -> None:
    address = f"http://127.0.0.1:{stack.port}/newsroom/entities"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address, timeout=30)
    assert refused.value.code in (401, 403)
    assert stack.api("/api/v2/plugins/importErrors")["total_entries"] == 0
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {stack.token()}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert "/newsroom/search" in answer.read().decode()


REFUSED = [
    ("rasd_reader", "rasd", "INSERT INTO core.outlet SELECT * FROM core.outlet"),
    ("rasd_reader", "rasd", "UPDATE core.article SET n_words = 0"),
    ("rasd_reader", "rasd", "DELETE FROM core.mention"),
    ("rasd_reader", "rasd", "TRUNCATE core.mention"),
    ("rasd_reader", "rasd", "SELECT * FROM raw.page"),
    ("rasd_reader", "rasd", "SELECT * FROM ops.run"),
    ("rasd_reader", "rasd", "CREATE TABLE report.mine (a int)"),
    ("rasd_reader", "rasd", "CREATE TABLE public.mine (a int)"),
    ("rasd_writer", "rasd", "DROP TABLE core.mention"),
    ("rasd_writer", "rasd", "ALTER TABLE core.article ADD COLUMN mine int"),
    ("rasd_writer", "rasd", "CREATE TABLE core.mine (a int)"),
    ("rasd_writer", "rasd", "UPDATE ops.migration SET version_num = ''"),
    ("rasd_writer", "rasd", "CREATE ROLE mine"),
    ("rasd_owner", "rasd", "CREATE ROLE mine"),
    ("rasd_owner", "airflow", "SELECT 1"),
    ("rasd_writer", "airflow", "SELECT 1"),
    ("rasd_reader", "airflow", "SELECT 1"),
    ("airflow", "rasd", "SELECT 1"),
]


@pytest.mark.parametrize(("role", "database", "statement"), REFUSED)
def test_what_a_role_does_not_need_is_refused(stack: Stack, role: str, database: str, statement: str) -> None:
    engine = stack.warehouse(role, database)
    with pytest.raises(sa.exc.DBAPIError, match=r"permission denied|must be owner"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_wrong_password_is_refused(stack: Stack) -> None:
    engine = connect(f"postgresql://postgres:wrong@127.0.0.1:{stack.database_port}/rasd")
    with pytest.raises(sa.exc.OperationalError, match="password authentication failed"), engine.connect():
        pass


def test_doors_are_open_on_this_machine_only_and_nobody_is_privileged(stack: Stack) -> None:
    for service in SERVICES:
        found = stack.inspect(service)
        host = found["HostConfig"]
        for bindings in (host["PortBindings"] or {}).values():
            assert {b["HostIp"] for b in bindings} == {"127.0.0.1"}, service
        assert host["ReadonlyRootfs"] and not host["Privileged"] and host["CapDrop"] == ["ALL"], service
        assert host["Memory"] > 0 and host["RestartPolicy"]["Name"] == "unless-stopped", service
        assert host["LogConfig"]["Config"]["max-size"], service
        if service != "postgres":
            assert found["Config"]["User"] == "airflow", service
            with pytest.raises(AssertionError, match="Read-only file system"):
                stack.compose("exec", "-T", service, "touch", "/opt/airflow/dags/mine.py")


def test_the_image_carries_no_compiler_and_no_torch(stack: Stack) -> None:
    find = (
        "import importlib.util as u, shutil;"
        "print([n for n in ('torch', 'pip') if u.find_spec(n)],"
        " [n for n in ('cc', 'gcc', 'ld', 'make') if shutil.which(n)])"
    )
    assert stack.compose("exec", "-T", "scheduler", "/opt/venv/bin/python", "-c", find).strip() == "[] []"
    size = int(standins.docker("image", "inspect", "--format", "{{.Size}}", "rasd-test:latest"))
    assert size < 1.1e9, "docs/operations.md says 1.0 GB"


def test_nothing_secret_stands_in_logs_templates_or_the_image(stack: Stack) -> None:
    run = stack.api("/api/v2/dags/rasd_ingest/dagRuns?limit=1&order_by=-start_date")["dag_runs"][0]["dag_run_id"]
    told = {
        "logs": stack.compose("logs", "--no-color"),
        "the tasks' logs": stack.compose("exec", "-T", "scheduler", "sh", "-c", "find logs -type f -exec cat {} +"),
        "the image's history": standins.docker("history", "--no-trunc", "rasd-test:latest"),
        "the image": standins.docker("image", "inspect", "rasd-test:latest"),
        "task instances": json.dumps(stack.api(f"/api/v2/dags/rasd_ingest/dagRuns/{run}/taskInstances")),
        "connections": json.dumps(stack.api("/api/v2/connections")),
        "the audit log": str(stack.ask("SELECT string_agg(extra, ' ') FROM log", "postgres", "airflow")),
        "processes": "".join(standins.docker("top", stack.inspect(s)["Id"]) for s in SERVICES),
    }
    for place, text in told.items():
        assert text
        leaked = [name for name, secret in stack.secrets().items() if secret in text]
        assert not leaked, f"{place}: {leaked}"


def test_the_scheduler_tells_a_failed_run_once_to_the_connection_of_choice(stack: Stack) -> None:
    gateway = stack.gateway()
    with webhook(host=gateway) as (port, got):
        desk = {"conn_type": "http", "host": gateway, "port": port, "extra": '{"endpoint": "desk"}'}
        stack.api("/api/v2/connections", {"connection_id": "desk", **desk})
        assert stack.ingest(inbox="/nowhere") == "failed"
        wait_for(lambda: got, 60, "the message")
        time.sleep(10)
    assert [(path, body["dag"]) for path, _, body in got] == [("/desk", "rasd_ingest")]


# Every service is killed, and restarted, while a run is at work ------------------------------------------------------


def pages(inbox: Path, count: int, seed: int) -> None:
    """Fill an inbox with generated pages."""
    command = [sys.executable, str(ROOT / "benchmarks" / "pages.py"), "--count", str(count), "--seed", str(seed)]
    subprocess.run([*command, "--out", str(inbox)], check=True, stdout=subprocess.DEVNULL)


def wait_until_alone(stack: Stack) -> None:
    """Wait until no run is at work, and no scheduled one is due that could take what the next run is meant to do."""
    busy = "/api/v2/dags/rasd_ingest/dagRuns?state=running&state=queued"
    wait_for(lambda: 30 < time.time() % 900 < 860 and not stack.api(busy)["total_entries"], 400, "the end of every run")


@pytest.mark.parametrize("how", ["killed", "restarted"])
def test_services_killed_or_restarted_in_mid_run_lose_nothing_and_double_nothing(
    stack: Stack, reference: Any, how: str
) -> None:
    wait_until_alone(stack)
    pages(stack.inbox / how, 600, seed=7 if how == "killed" else 9)
    run = stack.trigger("rasd_ingest", batch_pages=40)
    for service in ("housekeeping", "dag-processor", "triggerer", "api-server", "postgres", "scheduler"):
        wait_for(lambda: stack.state("rasd_ingest", run) in ("running", "success"), 120, "a run at work")
        assert stack.state("rasd_ingest", run) == "running", f"the run was over before {service} was {how}"
        if how == "restarted":
            stack.compose("restart", service)
        else:
            restarts = stack.inspect(service)["RestartCount"]
            stack.crash(service)
            wait_for(lambda s=service, n=restarts: stack.inspect(s)["RestartCount"] > n, 60, service)
            time.sleep(3)
    stack.finish("rasd_ingest", run, seconds=900)
    stack.wait_until_healthy()
    assert stack.ingest() == "success", "what a failed run has left, the next one does"
    assert stack.ask("SELECT count(*) FROM report.run_books WHERE NOT is_closed AND state <> 'failed'") == [(0,)]
    assert stack.ask("SELECT count(*) FROM ops.outcome WHERE outcome IS NULL") == [(0,)]
    assert tables(stack.warehouse()) == reference(stack.inbox, how)


# What migrations fill, and nothing else does.
SHIPPED = {"ops.quality_check", "core.search_letter", "core.search_whole_word"}


def empty(stack: Stack) -> None:
    """Empty the warehouse, but for what migrations put there, while no run is at work."""
    wait_until_alone(stack)
    engine = stack.warehouse()
    with engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {', '.join(sorted(schema.metadata.tables.keys() - SHIPPED))} CASCADE")
    engine.dispose()


def settled(stack: Stack) -> dict[str, tuple[int, str]]:
    """Return the tables when there is nothing left to do."""
    assert stack.ingest() == "success"
    return tables(stack.warehouse())


def test_down_and_up_again_keeps_everything(stack: Stack) -> None:
    before = settled(stack)
    runs = stack.api("/api/v2/dags/rasd_ingest/dagRuns")["total_entries"]
    stack.compose("down")
    stack.compose("up", "--detach")
    stack.wait_until_healthy()
    stack.log_in_again()
    assert tables(stack.warehouse()) == before
    assert stack.api("/api/v2/dags/rasd_ingest/dagRuns")["total_entries"] >= runs


def test_the_machine_may_be_rebooted(engine: Engine, stack: Stack) -> None:
    if not engine.is_ours:
        pytest.skip("the engine is not this test's to stop")
    before = settled(stack)
    engine.restart()
    stack.wait_until_healthy()
    assert stack.ingest(seen="skip") == "success"
    assert tables(stack.warehouse()) == before


# What an operator does now and then, by the commands of docs/operations.md -------------------------------------------


def test_what_is_quarantined_is_listed_and_released(stack: Stack) -> None:
    held, one = "SELECT count(*) FROM report.quarantine", " WHERE reason = 'no_article'"
    before = stack.ask(held)
    [first] = documented("First login")
    assert "menu_only" in stack.script(first)
    [release] = documented("Release quarantine")
    stack.script(release.replace("bad_encoding", "no_article"))
    assert stack.ask(held + one) == [(0,)]
    assert stack.ingest() == "success"
    assert stack.ask(held) == before, "tried again, and wrong again"


def test_a_month_is_reprocessed(stack: Stack) -> None:
    before = settled(stack)
    [(since, until, count)] = stack.ask(
        "SELECT date_trunc('month', published_on)::date, max(published_on), count(DISTINCT page_id)"
        " FROM core.appearance WHERE published_on IS NOT NULL GROUP BY 1 ORDER BY 3 LIMIT 1"
    )
    month = {"since": since.isoformat(), "until": until.isoformat()}
    books = "SELECT state, n_seen FROM ops.run WHERE pipeline = 'reprocess'"
    for dry_run, done in ((True, []), (False, [("closed", count)])):
        run = stack.trigger("rasd_reprocess", **month, dry_run=dry_run)
        assert stack.finish("rasd_reprocess", run) == "success"
        assert stack.ask(books) == done
    assert tables(stack.warehouse()) == before


def left(metadata: sa.Engine, *runs: str) -> list[str]:
    """Return which of the runs Airflow still knows."""
    with metadata.connect() as connection:
        query = sa.text("SELECT run_id FROM dag_run WHERE run_id = ANY(:runs)")
        return list(connection.execute(query, {"runs": list(runs)}).scalars())


def test_old_runs_go_from_the_metadata_and_young_ones_stay(stack: Stack) -> None:
    old, young = (stack.trigger("rasd_ingest", seen="skip") for _ in range(2))
    assert {stack.finish("rasd_ingest", run) for run in (old, young)} == {"success"}
    metadata = stack.warehouse("airflow", "airflow")
    with metadata.begin() as connection:
        long_ago = "UPDATE dag_run SET start_date = start_date - interval '100 days' WHERE run_id = :run"
        assert connection.execute(sa.text(long_ago), {"run": old}).rowcount == 1
    stack.compose("restart", "housekeeping")
    wait_for(lambda: left(metadata, old, young) == [young], 120, "the clean-up")
    metadata.dispose()


def test_every_secret_is_rotated_as_documented(stack: Stack) -> None:
    before, session = stack.settings, stack.token()
    [commands] = documented("Rotate secrets")
    stack.script(commands)
    stack.wait_until_healthy()
    stack.log_in_again()
    with pytest.raises(urllib.error.HTTPError) as refused:
        stack.call("/api/v2/dags", token=session)
    assert refused.value.code in (401, 403), "who is logged in logs in again"
    # The administrator's belongs to the person by now.
    rotated = {name for name, value in stack.settings.items() if value != before[name]}
    assert rotated == {*stack.secrets(), "RASD_OBJECTS_KEY"} - {"RASD_ADMIN_PASSWORD"}
    for role in ("postgres", "rasd_owner", "rasd_writer", "rasd_reader", "airflow"):
        database = "airflow" if role == "airflow" else "rasd"
        stack.warehouse(role, database).connect().close()
        old = connect(stack.dsn(role, database, before))
        with pytest.raises(sa.exc.OperationalError, match="password authentication failed"), old.connect():
            pass
    # What was encrypted with the old key is read with the new one: the run opens the connection to the warehouse.
    assert "," not in stack.settings["AIRFLOW_FERNET_KEY"]
    assert stack.ingest(seen="skip") == "success"


MIGRATION = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", {last!r}, None, None


def upgrade() -> None:
    op.create_table_comment("outlet", "Upgraded", schema="core")
"""


def test_an_upgrade_brings_what_is_new_and_keeps_what_is_there(stack: Stack) -> None:
    before = settled(stack)
    outlets = stack.origin / "seeds" / "outlets.csv"
    with outlets.open("a", encoding="utf-8") as file:
        file.write("upgraded,صحيفة الترقية,outlet,JO,Upgraded\n")
    versions = stack.origin / "sql" / "migrations" / "versions"
    last = max(path.name[:4] for path in versions.glob("*.py"))
    (versions / "9999_upgraded.py").write_text(MIGRATION.format(last=last), encoding="utf-8")
    stack.commit("An outlet more, and a migration")
    for commands in documented("Upgrade"):
        stack.script(commands)
    stack.wait_until_healthy()
    stack.log_in_again()
    assert stack.ask("SELECT obj_description('core.outlet'::regclass)") == [("Upgraded",)]
    assert tables(stack.warehouse()) == before
    pages(stack.inbox / "upgraded", 3, seed=5)
    assert stack.ingest() == "success"
    assert stack.ask("SELECT name FROM core.outlet WHERE outlet_id = 'upgraded'") == [("صحيفة الترقية",)]


def test_a_backup_restored_on_an_empty_machine_gives_the_same_tables(stack: Stack) -> None:
    before = settled(stack)
    runs = stack.api("/api/v2/dags/rasd_ingest/dagRuns")["total_entries"]
    stack.compose("exec", "-T", "scheduler", "sh", "-c", "echo kept > /data/archive/page.html")
    for commands in documented("Back up"):
        stack.script(commands)
    stack.compose("down", "--volumes")
    for commands in documented("Restore"):
        stack.script(commands)
    stack.wait_until_healthy()
    stack.log_in_again()
    assert tables(stack.warehouse()) == before
    assert stack.api("/api/v2/dags/rasd_ingest/dagRuns")["total_entries"] >= runs
    assert stack.compose("exec", "-T", "scheduler", "cat", "/data/archive/page.html") == "kept\n"
    assert stack.ingest(seen="skip") == "success"


# --profile objects ---------------------------------------------------------------------------------------------------


@pytest.fixture
def stored(stack: Stack) -> Iterator[None]:
    """Tells the stack that its inbox and archive are in an object store."""
    stack.set(
        RASD_INBOX="s3://press/inbox/**", RASD_ARCHIVE="s3://archive/press", RASD_STORAGE_CONNECTION="rasd_objects"
    )
    yield
    stack.set(RASD_INBOX="/data/inbox", RASD_ARCHIVE="/data/archive", RASD_STORAGE_CONNECTION="")
    stack.set(RASD_STATSD_ON="False")
    stack.compose("--profile", "objects", "rm", "--stop", "--force", "objects")


@pytest.mark.usefixtures("stored")
def test_inbox_and_archive_in_the_object_store_give_the_same_tables(stack: Stack, reference: Any) -> None:
    settings, gateway = stack.settings, stack.gateway()
    with statsd(host=gateway) as (port, figures):
        stack.set(RASD_STATSD_ON="True", RASD_STATSD_HOST=gateway, RASD_STATSD_PORT=str(port))
        [commands] = documented("Watch an inbox")
        stack.script(commands)
        stack.wait_until_healthy("objects", *SERVICES)
        stack.log_in_again()
        address = f"http://127.0.0.1:{settings['RASD_OBJECTS_PORT']}"
        key, secret = settings["RASD_OBJECTS_KEY"], settings["RASD_OBJECTS_SECRET"]
        store = s3fs.S3FileSystem(key=key, secret=secret, endpoint_url=address, skip_instance_cache=True)
        upload(store, ROOT / "seeds" / "inbox", "press/inbox")
        empty(stack)
        assert stack.ingest(after="archive") == "success"
        wait_for(lambda: "airflow.rasd.run.seen" in figures, 30, "the figures of the run")
    expected = reference(ROOT / "seeds" / "inbox", "objects", stack.folder / "seeds")  # upgraded by now
    assert tables(stack.warehouse()) == expected
    assert [path.rsplit("/", 1)[1] for path in store.find("press")] == ["10_menu_only.txt"], "quarantined, so it stays"
    assert len(store.find("archive")) == 15
    assert {"airflow.rasd.run.articles_per_second", "airflow.rasd.health.queue_age"} <= set(figures)


# --profile scale -----------------------------------------------------------------------------------------------------


@pytest.fixture
def scaled(stack: Stack) -> Iterator[Stack]:
    """The same stack with the CeleryExecutor and a broker."""
    stack.set(RASD_EXECUTOR="CeleryExecutor", RASD_WORKER_CONCURRENCY="1")
    yield stack
    stack.set(RASD_EXECUTOR="LocalExecutor")
    stack.compose("--profile", "scale", "rm", "--stop", "--force", "worker", "broker")


def scale(stack: Stack, workers: int) -> None:
    """Bring so many workers up."""
    stack.compose("--profile", "scale", "up", "--detach", "--scale", f"worker={workers}")
    stack.wait_until_healthy("broker", "worker", *SERVICES, seconds=400)
    stack.log_in_again()


def at_work(metadata: sa.Engine, run: str) -> dict[str, Any] | None:
    """Return a task that annotates a batch of the run just now: where, and which batch."""
    query = sa.text(
        "SELECT hostname, map_index FROM task_instance"
        " WHERE run_id = :run AND task_id = 'process.annotate' AND state = 'running' ORDER BY start_date DESC LIMIT 1"
    )
    with metadata.connect() as connection:
        row = connection.execute(query, {"run": run}).mappings().first()
    return dict(row) if row else None


def tries(metadata: sa.Engine, run: str, map_index: int) -> int:
    """Return how often a batch of the run has been begun to be annotated."""
    query = sa.text(
        "SELECT try_number FROM task_instance"
        " WHERE run_id = :run AND task_id = 'process.annotate' AND map_index = :map_index"
    )
    with metadata.connect() as connection:
        return int(connection.execute(query, {"run": run, "map_index": map_index}).scalar_one())


def test_one_worker_and_two_of_which_one_is_killed_give_the_same_tables(scaled: Stack) -> None:
    shutil.rmtree(scaled.inbox)
    scaled.inbox.mkdir()
    pages(scaled.inbox / "scaled", 240, seed=11)
    scale(scaled, 1)
    empty(scaled)
    assert scaled.ingest(batch_pages=30) == "success"
    with_one = tables(scaled.warehouse())
    assert with_one["core.article"][0] > 200

    scale(scaled, 2)
    empty(scaled)
    run = scaled.trigger("rasd_ingest", batch_pages=30)
    metadata = scaled.warehouse("airflow", "airflow")
    killed = wait_for(lambda: at_work(metadata, run), 300, "a worker in the middle of a batch")
    scaled.crash("worker", killed["hostname"])
    wait_for(lambda: (found := at_work(metadata, run)) and found["hostname"] != killed["hostname"], 300, "the other")
    scaled.crash("broker")
    assert scaled.finish("rasd_ingest", run, seconds=900) == "success"
    assert tries(metadata, run, killed["map_index"]) > 1, "the worker was not killed in the middle of that batch"
    metadata.dispose()
    assert scaled.ask("SELECT count(*) FROM ops.outcome WHERE outcome IS NULL") == [(0,)]
    assert tables(scaled.warehouse()) == with_one


# docker-compose.tls.yml ----------------------------------------------------------------------------------------------


def test_with_tls_every_connection_is_encrypted_and_the_server_s_name_is_checked(
    stack: Stack, base_images: dict[str, str]
) -> None:
    stack.compose("down", "--volumes")
    if standins.is_one(base_images["POSTGRES_IMAGE"]):
        stack.set(POSTGRES_IMAGE=standins.postgres_with_tls())
    [commands] = documented("TLS")
    stack.script(commands)
    stack.wait_until_healthy()
    stack.log_in_again()
    shutil.rmtree(stack.inbox / "scaled", ignore_errors=True)
    pages(stack.inbox / "encrypted", 20, seed=3)
    assert stack.ingest() == "success"

    certificate, other = stack.folder / "docker" / "tls" / "server.crt", stack.folder / "other.crt"
    stack.script(
        "openssl req -x509 -newkey rsa:3072 -nodes -days 2 -subj /CN=postgres -addext subjectAltName=DNS:localhost"
        " -keyout other.key -out other.crt"
    )
    password = stack.settings["RASD_READER_PASSWORD"]

    def log_in(host: str = "localhost", mode: str = "verify-full", trusted: Path = certificate) -> None:
        psycopg2.connect(
            host=host, hostaddr="127.0.0.1", port=stack.database_port, dbname="rasd", user="rasd_reader",
            password=password, sslmode=mode, sslrootcert=str(trusted),
        ).close()  # fmt: skip

    log_in()
    for refused, why in (
        ({"mode": "disable"}, "no encryption"),
        ({"host": "db.example"}, "does not match host name"),
        ({"trusted": other}, "certificate verify failed"),
    ):
        with pytest.raises(psycopg2.OperationalError, match=why):
            log_in(**refused)
    with pytest.raises(AssertionError, match="certificate verify failed"):
        stack.compose("run", "--rm", "-e", "PGSSLROOTCERT=/etc/ssl/certs/ca-certificates.crt", "init")
    clients = stack.ask(
        "SELECT DISTINCT usename, ssl, version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
        " WHERE client_addr IS NOT NULL",
        "postgres",
    )
    assert {row[1:] for row in clients} == {(True, "TLSv1.3")}
    assert "airflow" in {row[0] for row in clients}
