from __future__ import annotations

from pathlib import Path

import pytest
from landing_helpers import Land

from rasd.landing.containers import Landed, open_pages
from rasd.landing.model import DEFAULT_LIMITS, Limits, Source


@pytest.fixture
def land(tmp_path: Path) -> Land:
    """Write bytes to a file of that name and open it."""

    def write_and_open(name: str, content: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Landed]:
        path = tmp_path / name
        path.write_bytes(content)
        found = path.stat()
        return list(open_pages(Source(str(path), found.st_size, found.st_mtime), limits))

    return write_and_open
