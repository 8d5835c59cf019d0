"""Comparing warehouses."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rasd.warehouse import schema

CORE = sorted(name for name in schema.metadata.tables if name.startswith("core."))


def rows(engine: sa.Engine) -> dict[str, list[Any]]:
    """Return the rows of all core tables, without the run that made them: that is another one in every warehouse."""
    found = {}
    with engine.connect() as connection:
        for name in CORE:
            table = schema.metadata.tables[name]
            columns = [c for c in table.c if c.name != "run_id"]
            query = sa.select(*columns).order_by(*(table.primary_key.columns or columns))
            found[name] = [tuple(r) for r in connection.execute(query)]
    return found


def row_versions(engine: sa.Engine) -> dict[str, list[Any]]:
    """Return, for all core tables, the place and the writing transaction of every row."""
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(sa.text(f"SELECT ctid::text, xmin::text FROM {name}"))))
            for name in CORE
        }


def assert_same(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> None:
    """Assert that two warehouses hold the same, naming the first table and row that differ."""
    for name in CORE:
        for a, b in zip(one[name], other[name], strict=False):
            assert a == b, f"{name} differs"
        assert len(one[name]) == len(other[name]), f"{name}: {len(one[name])} rows and {len(other[name])}"
