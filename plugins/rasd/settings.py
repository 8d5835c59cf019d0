"""Every setting of Rasd, from environment variables, with its default: the one place that reads them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from rasd import resources
from rasd.errors import SettingError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process of Rasd was told.

    Attributes:
        home: folder of everything Rasd writes on this machine (embedded database, Airflow's files, logs).
        warehouse_dsn: SQLAlchemy address of the user's own Postgres, or None for the embedded one.
        read_dsn: address by which the newsroom reads, with a role that need not write; None for the warehouse's own.
        desk_dsn: address by which it writes what visitors decide; None for the warehouse's own.
        inbox: folder, glob or object-store URI that is ingested unless a run names another.
        archive: folder or object-store address to which a run moves what it has loaded, if asked to; None: nowhere.
        storage_connection: the scheduler's connection with which object stores are opened, None for the environment's.
        alert_connection: the scheduler's connection that is told when a run fails, None for nobody.
        recogniser: which engine finds names, as `rasd.annotating.load_recogniser` understands it.
        settle_seconds: a file modified less than this ago may still be being written, and waits for the next run.
        batch_pages: pages that one mapped task processes.
        export: folder or object-store address that exports go to, or None.
        digest: folder or object-store address that digests are written to.
        digest_to: addresses that every digest is sent to.
    """

    home: Path
    warehouse_dsn: str | None
    read_dsn: str | None
    desk_dsn: str | None
    inbox: str
    archive: str | None
    storage_connection: str | None
    alert_connection: str | None
    recogniser: str
    settle_seconds: float
    batch_pages: int
    export: str | None
    digest: str
    digest_to: tuple[str, ...]


def _number(name: str, default: float, *, least: float) -> float:
    raw = os.environ.get(name, "")
    if not raw:
        return default
    try:
        value = float(raw)
    except ValueError:
        raise SettingError("is not a number", where=f"{name}={raw}", do=f"Leave it out for {default:g}.") from None
    if value < least:
        raise SettingError(f"must be at least {least:g}", where=f"{name}={raw}")
    return value


def load() -> Settings:
    """Read the environment (`RASD_HOME`, `RASD_WAREHOUSE_DSN`, `RASD_INBOX`, …).

    Raises:
        SettingError: if a value cannot be used.
    """
    env = os.environ
    home = Path(env.get("RASD_HOME") or Path.cwd() / ".rasd").expanduser().resolve()
    return Settings(
        home=home,
        warehouse_dsn=env.get("RASD_WAREHOUSE_DSN") or None,
        read_dsn=env.get("RASD_READ_DSN") or None,
        desk_dsn=env.get("RASD_DESK_DSN") or None,
        inbox=env.get("RASD_INBOX") or str(resources.seeds() / "inbox"),
        archive=env.get("RASD_ARCHIVE") or None,
        storage_connection=env.get("RASD_STORAGE_CONNECTION") or None,
        alert_connection=env.get("RASD_ALERT_CONNECTION") or None,
        recogniser=env.get("RASD_RECOGNISER") or "default",
        settle_seconds=_number("RASD_SETTLE_SECONDS", 2.0, least=0),
        batch_pages=int(_number("RASD_BATCH_PAGES", 500, least=1)),
        export=env.get("RASD_EXPORT") or None,
        digest=env.get("RASD_DIGEST") or str(home / "digests"),
        digest_to=tuple(a.strip() for a in env.get("RASD_DIGEST_TO", "").split(",") if a.strip()),
    )
