"""Where the reference data (`seeds/`) and the SQL (`sql/`) lie, in a checkout and in an installed wheel."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from rasd.errors import SettingError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def _find(name: str, override: str) -> Path:
    """Return the folder `name`: the environment variable first, then the wheel's copy, then the checkout."""
    return _look_for(name, override, os.environ.get(override))


@lru_cache(maxsize=8)  # tables are asked for with every word
def _look_for(name: str, override: str, value: str | None) -> Path:
    if value:
        path = Path(value)
        if not path.is_dir():
            raise SettingError(
                f"{override} is not a folder", where=value, do=f"Point it at a copy of {name}/ or unset it."
            )
        return path
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _CHECKOUT / name


def seeds() -> Path:
    """Return the folder of reference data that people edit (`RASD_SEEDS` overrides it)."""
    return _find("seeds", "RASD_SEEDS")


def sql() -> Path:
    """Return the folder of SQL files (`RASD_SQL` overrides it)."""
    return _find("sql", "RASD_SQL")
