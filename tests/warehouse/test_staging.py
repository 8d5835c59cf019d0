"""How rows are written: staging tables, narrow for what fits on a page, and the ends of transactions."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

_PAGE, _RUN = UUID(int=1), uuid4()
_TEXTS = ("", "x", "س" * 5_000, "\U0001f600" * 3_000, "a\tb\\c\nd\re" * 2_000)


def rows(texts: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {
            "page_id": _PAGE, "segment_no": number, "kind": "title", "start_offset": 0, "end_offset": 1, "rule": text,
            "appearance_no": None, "reader_version": "1", "run_id": _RUN,
        }
        for number, text in enumerate(texts)
    ]  # fmt: skip


@pytest.mark.parametrize("first", [(), ("short",)])
def test_a_row_of_any_size_is_staged(warehouse: sa.Engine, first: tuple[str, ...]) -> None:
    staged = sa.text("SELECT rule FROM stage_segment ORDER BY segment_no, length(rule)")
    for _ in range(2):  # the second transaction finds the table that the first one has widened, empty
        with warehouse.begin() as connection:
            staging = Staging(connection, "core.segment")
            assert staging.copy("core.segment", rows(first)) == len(first)
            assert staging.copy("core.segment", rows(_TEXTS)) == len(_TEXTS)
            assert sorted(connection.scalars(staged)) == sorted(first + _TEXTS)


def test_the_longest_narrow_row_fits(warehouse: sa.Engine) -> None:
    """Letters of four bytes, and arrays of numbers, take the most room for their length in text."""
    numbers = [1] * 900
    with warehouse.begin() as connection:
        Staging(connection, "core.segment", "core.appearance")
        connection.execute(sa.text("INSERT INTO stage_segment (rule) VALUES (:t)"), {"t": "\U0001f600" * 1_900})
        connection.execute(
            sa.text("INSERT INTO stage_appearance (body_map, tags) VALUES (:numbers, :tags)"),
            {"numbers": numbers, "tags": [""] * 30},
        )


def test_no_place_is_kept_for_what_does_not_come(warehouse: sa.Engine) -> None:
    wide = sa.text("SELECT reltoastrelid <> 0 FROM pg_class WHERE oid = 'pg_temp.stage_segment'::regclass")
    with warehouse.begin() as connection:
        staging = Staging(connection, "core.segment")
        staging.copy("core.segment", rows(("short",)))
        assert connection.scalar(wide) is False
        staging.copy("core.segment", rows(("x" * 1_901,)))
        assert connection.scalar(wide) is True


def test_only_what_can_be_made_again_does_not_wait_for_the_disk(warehouse: sa.Engine) -> None:
    for is_derived, waits in ((True, "off"), (False, "on")):
        with transaction(warehouse, is_derived=is_derived) as connection:
            assert connection.scalar(sa.text("SHOW synchronous_commit")) == waits
