"""The embedded Postgres: deep paths, spaces, sharing, stopping."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rasd.errors import RasdError
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from pathlib import Path


def answers(server: EmbeddedPostgres) -> bool:
    engine = connect(server.dsn("postgres"))
    with engine.connect() as c:
        found = c.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()
    return found


def setting(server: EmbeddedPostgres, name: str) -> str:
    engine = connect(server.dsn("postgres"))
    with engine.connect() as c:
        value = str(c.exec_driver_sql(f"SHOW {name}").scalar())
    engine.dispose()
    return value


@pytest.mark.parametrize("folder", ["a folder with spaces", "deep/" * 40, "صحافة"])
def test_any_folder_will_do(tmp_path: Path, folder: str) -> None:
    with EmbeddedPostgres(tmp_path / folder, durable=False) as server:
        assert answers(server)


def test_it_listens_on_no_network_address(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, durable=False) as server:
        engine = connect(server.dsn("postgres"))
        with engine.connect() as c:
            assert c.exec_driver_sql("SHOW listen_addresses").scalar() == ""
        engine.dispose()
        assert server.socket_dir.stat().st_mode & 0o077 == 0


def test_arabic_letters_have_case_and_class(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, durable=False) as server:
        engine = connect(server.dsn("postgres"))
        with engine.connect() as c:
            assert c.exec_driver_sql("SELECT 'كازاخستان' ~ '^[[:alpha:]]+$'").scalar() is True
        engine.dispose()


def test_the_last_holder_stops_it_and_a_killed_one_does_not_count(tmp_path: Path) -> None:
    holder = (
        "import sys, time; from pathlib import Path; from rasd.warehouse.embedded import EmbeddedPostgres; "
        "held = EmbeddedPostgres(Path(sys.argv[1]), durable=False); held.start(); "
        "print('up', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", holder, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    server = EmbeddedPostgres(tmp_path, durable=False)
    server.start()
    assert not server.is_unused()
    server.release()
    assert (tmp_path / "postgres" / "postmaster.pid").exists(), "somebody else still holds it"
    process.kill()
    process.wait()
    server.start()
    assert answers(server)
    server.release()
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()


def test_its_buffers_fit_the_machine_and_the_operators_own_settings_stand(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        assert setting(server, "shared_buffers").endswith(("MB", "GB"))
        assert setting(server, "fsync") == "on"
    configuration = tmp_path / "postgres" / "postgresql.conf"
    with configuration.open("a") as own:
        own.write("max_wal_size = '1GB'\n")
    (tmp_path / "postgres" / "rasd.conf").unlink()  # of an older version there was none
    with EmbeddedPostgres(tmp_path) as server:
        assert setting(server, "max_wal_size") == "1GB"
        assert setting(server, "checkpoint_timeout") == "30min"
    assert configuration.read_text().count("include = 'rasd.conf'") == 1


def test_a_warehouse_of_an_older_version_gets_the_settings_of_today(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, durable=False):
        pass
    configuration = tmp_path / "postgres" / "postgresql.conf"
    configuration.write_text(configuration.read_text().replace("include = 'rasd.conf'", "max_wal_size = '2GB'"))
    with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert setting(server, "max_wal_size") == "8GB"


def test_what_keeps_it_from_starting_is_said_and_nobody_is_told_to_throw_the_data_away(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, durable=False):
        pass
    own = tmp_path / "postgres" / "postgresql.auto.conf"
    own.write_text("shared_buffers = 'plenty'\n")
    with pytest.raises(RasdError) as told:
        EmbeddedPostgres(tmp_path, durable=False).start()
    assert "shared_buffers" in str(told.value)
    assert "database system is shut down" not in str(told.value), "only what was said this time"
    assert "clean" not in str(told.value)


def test_a_full_disk_is_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = EmbeddedPostgres(tmp_path, durable=False)
    with server:
        pass

    def full(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        if "start" in arguments:
            with server.log.open("a") as log:
                log.write("FATAL:  could not write lock file: No space left on device\n")
        return subprocess.CompletedProcess(program, 1, "pg_ctl: could not start server\n")

    monkeypatch.setattr(server, "_run", full)
    with pytest.raises(RasdError, match=r"No space left on device.*Make room on this disk") as told:
        server.start()
    assert "lost" in (told.value.do or "")


def test_one_that_was_killed_is_let_go_of_without_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = EmbeddedPostgres(tmp_path, durable=False)
    server.start()
    os.kill(int((tmp_path / "postgres" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    really, asked = server._is_running, []

    def not_buried_yet() -> bool:
        asked.append(True)
        return len(asked) == 1 or really()

    monkeypatch.setattr(server, "_is_running", not_buried_yet)
    server.stop()
    monkeypatch.undo()
    server.release()
    with server:
        assert answers(server)
