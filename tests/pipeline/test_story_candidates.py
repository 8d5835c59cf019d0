"""Which texts are compared with one another may not hang on what else is compared beside, nor on where keys are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from rasd.pipeline import resolving
from rasd.pipeline.resolving import settle_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT, _LONG, _THIRD = (UUID(int=n) for n in (1, 2, 3))
_KEYS = list(range(2, 90, 2))
# Hashes, the keys first, and how many of them are keys: of the long text the short one's hash is none.
_SKETCHES = {_SHORT: ([7], 1), _LONG: ([*_KEYS, 7], len(_KEYS)), _THIRD: (_KEYS, len(_KEYS))}


@pytest.fixture
def sketched(warehouse: sa.Engine) -> sa.Engine:
    """Return a warehouse that takes sketches without articles."""
    with warehouse.begin() as connection:
        for column in ("article_id", "run_id"):
            connection.exec_driver_sql(f"ALTER TABLE core.article_sketch DROP CONSTRAINT article_sketch_{column}_fkey")
    return warehouse


def write(engine: sa.Engine, articles: Sequence[UUID]) -> None:
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO core.article_sketch (article_id, text_sha256, hashes, n_keys, outlets, run_id)"
                " VALUES (:id, '', :hashes, :n_keys, '{}', :run)"
            ),
            [{"id": i, "hashes": _SKETCHES[i][0], "n_keys": _SKETCHES[i][1], "run": uuid4()} for i in articles],
        )


def candidates(engine: sa.Engine, staged: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    with engine.connect() as connection:
        connection.execute(
            sa.text(
                "CREATE TEMP TABLE stage_article_sketch ON COMMIT DROP AS"
                " SELECT * FROM core.article_sketch WHERE article_id = ANY(:ids)"
            ),
            {"ids": list(staged)},
        )
        pairs = resolving.candidates(connection)
        connection.rollback()
    return set(pairs)


def test_a_pair_is_a_candidate_whatever_stands_beside_it(sketched: sa.Engine) -> None:
    write(sketched, list(_SKETCHES))
    found = [(_SHORT, _LONG) in candidates(sketched, s) for s in ([_SHORT], [_SHORT, _THIRD], list(_SKETCHES))]
    assert len(set(found)) == 1


@pytest.mark.parametrize("settled", [[_LONG], [_THIRD], list(_SKETCHES)])
def test_a_pair_is_a_candidate_wherever_its_keys_are(sketched: sa.Engine, settled: list[UUID]) -> None:
    write(sketched, settled)
    assert settle_keys(sketched) == len(settled)
    if rest := [a for a in _SKETCHES if a not in settled]:
        write(sketched, rest)
    for staged in (_LONG, _THIRD):
        assert candidates(sketched, [staged]) == {(_LONG, _THIRD)}


def test_keys_follow_their_sketch(sketched: sa.Engine) -> None:
    write(sketched, [_LONG, _THIRD])
    settle_keys(sketched)
    with sketched.begin() as c:  # words that nothing else has; then those of the other text again
        c.execute(
            sa.text("UPDATE core.article_sketch SET hashes = '{1001}', n_keys = 1 WHERE article_id = :id"),
            {"id": _LONG},
        )
    assert candidates(sketched, [_THIRD]) == set()
    assert settle_keys(sketched) == 1
    assert candidates(sketched, [_THIRD]) == set()
    with sketched.begin() as c:
        c.execute(
            sa.text("UPDATE core.article_sketch SET hashes = :h, n_keys = 44 WHERE article_id = :id"),
            {"h": _KEYS, "id": _LONG},
        )
        c.execute(sa.text("UPDATE core.article_sketch SET outlets = NULL"))
    assert candidates(sketched, [_THIRD]) == {(_LONG, _THIRD)}
    with sketched.begin() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM ops.recent_sketch_key")) == 1, "of changed words alone"
        c.execute(sa.text("DELETE FROM core.article_sketch WHERE article_id = :id"), {"id": _LONG})
    assert candidates(sketched, [_THIRD]) == set()
    assert settle_keys(sketched) == 0
    with sketched.connect() as c:
        assert c.scalars(sa.text("SELECT article_id FROM ops.sketch_key")).all() == [_THIRD]


def test_few_keys_are_left_where_they_are(sketched: sa.Engine) -> None:
    write(sketched, [_LONG])
    assert settle_keys(sketched, at_least=2**20) == 0
    assert settle_keys(sketched) == 1
    assert settle_keys(sketched) == 0
