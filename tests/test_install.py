"""Making the environment: what was cut off is finished, and what is there is left alone."""

from __future__ import annotations

import importlib.util
import subprocess
import venv
from pathlib import Path
from types import ModuleType

import pytest

_SCRIPT = Path(__file__).resolve().parents[1] / "requirements" / "install.py"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with an environment of its own."""
    spec = importlib.util.spec_from_file_location("install", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / "a venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / "a venv" / "bin" / "python")
    return module


def test_an_environment_without_pip_is_finished(install: ModuleType) -> None:
    venv.create(install.VENV, with_pip=False)  # as it is where somebody interrupts its making
    install.make_environment()
    subprocess.run([install.PYTHON, "-m", "pip", "--version"], check=True, capture_output=True)


def test_the_larger_environment_serves_where_the_smaller_is_asked_for(install: ModuleType) -> None:
    install.VENV.mkdir()
    (install.VENV / "installed-dev").write_text(install.state("dev"))
    assert install.is_installed("run")
    assert install.is_installed("dev")
    (install.VENV / "installed-dev").unlink()
    (install.VENV / "installed-run").write_text(install.state("run"))
    assert install.is_installed("run")
    assert not install.is_installed("dev")
    (install.VENV / "installed-run").write_text("what older lock files made")
    assert not install.is_installed("run")
