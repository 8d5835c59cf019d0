"""What the tests of the pipeline share: an inbox, a recogniser, and ways to compare warehouses."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rasd import resources
from rasd.annotating.gazetteer import Gazetteer

if TYPE_CHECKING:
    from rasd.annotating.model import Recogniser


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    """The quickest of the recognisers: these tests are about rows, not about names."""
    return Gazetteer()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A copy of the sample inbox."""
    return Path(shutil.copytree(resources.seeds() / "inbox", tmp_path / "inbox"))
