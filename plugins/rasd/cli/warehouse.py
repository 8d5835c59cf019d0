"""How commands reach the warehouse: the user's own, or the embedded one for as long as the command runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rasd import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa


@contextmanager
def current() -> Iterator[sa.Engine]:
    """Give the warehouse with this version's schema: the embedded one is migrated, the user's own has to be."""
    from rasd.local import house
    from rasd.warehouse import engine, migrate

    dsn = settings.load().warehouse_dsn
    if dsn is None:
        with house.opened() as opened:
            connected = opened.warehouse()
            yield connected
            connected.dispose()
        return
    connected = engine.connect(dsn)
    migrate.require_current(connected)
    yield connected
    connected.dispose()
