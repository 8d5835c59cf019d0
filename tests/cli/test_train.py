"""`rasd train`."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasd.cli.train import train
from rasd.errors import SettingError

pytest.importorskip("torch", reason="training needs torch (install rasd[train])")


def test_absent_data_is_told_before_anything_is_trained(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="no such corpus") as told:
        train(tmp_path / "nowhere", tmp_path / "model", tiny=True)
    assert told.value.do
    assert not (tmp_path / "model").exists()
