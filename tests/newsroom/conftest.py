"""A warehouse filled by the real pipeline, and the newsroom over it without Airflow: as an analyst and as a reader."""

from __future__ import annotations

import shutil
import uuid
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from rasd import resources
from rasd.annotating import load_recogniser
from rasd.newsroom import alone
from rasd.newsroom.desk import Visitor
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.warehouse import migrate, roles
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rasd.warehouse.embedded import EmbeddedPostgres

HOSTILE = "<script>document.title = 'taken'</script>"
# An article that tries to be more than text, in its headline, its body and its tags.
HOSTILE_PAGE = f"""شبكة المسار
الخميس 21 مايو 2026
القاهرة {HOSTILE} تستضيف معرض الكتاب
القاهرة - شبكة المسار
قال مدير المعرض إن الدورة الجديدة تبدأ في القاهرة يوم الأحد المقبل بمشاركة ناشرين من كازاخستان ومصر {HOSTILE}.
وأضاف أن "<img src=x onerror=alert(1)>" عنوان كتاب يعرض للمرة الأولى أمام الزوار في الجناح الرئيس من المعرض.
وتستمر الفعاليات عشرة أيام، وتختتم بتوزيع الجوائز على الناشرين الفائزين في حفل يقام على مسرح المدينة.
"""


@pytest.fixture(scope="session")
def hostile() -> str:
    """What the hostile article would have a browser do."""
    return HOSTILE


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "inbox"
    shutil.copytree(resources.seeds() / "inbox", folder)
    (folder / "hostile.txt").write_text(HOSTILE_PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def filled(postgres: EmbeddedPostgres, inbox: Path) -> str:
    """Address of a warehouse that a run has filled; tests that write to it leave it as they found it."""
    dsn = postgres.dsn(f"newsroom_{uuid.uuid4().hex[:8]}")
    migrate.create_database(dsn)
    engine = connect(dsn)
    migrate.migrate(engine)
    roles.grant(engine)
    ingest(engine, IngestOptions(inbox=str(inbox), settle_seconds=0), load_recogniser("gazetteer"))
    engine.dispose()
    return dsn


@pytest.fixture(scope="session")
def opened() -> Iterator[Callable[..., TestClient]]:
    """Open the newsroom over a warehouse, mounted as Airflow mounts it."""
    clients = []

    def make(dsn: str, *, may_write: bool = True, language: str = "en") -> TestClient:
        visitor = Visitor("mona" if may_write else "omar", may_write)
        client = TestClient(alone.application(dsn, visitor), headers={"Accept-Language": language})
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def analyst(opened: Callable[..., TestClient], filled: str) -> TestClient:
    return opened(filled)


@pytest.fixture
def reader(opened: Callable[..., TestClient], filled: str) -> TestClient:
    return opened(filled, may_write=False)
