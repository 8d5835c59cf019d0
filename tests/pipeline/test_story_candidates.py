"""Which texts are compared with one another may not hang on what else is compared at the same time."""

from __future__ import annotations

from uuid import UUID, uuid4

import sqlalchemy as sa

from rasd.pipeline.resolving import _CANDIDATES

_SHORT, _LONG, _THIRD = (UUID(int=n) for n in (1, 2, 3))
_EVEN = list(range(2, 90, 2))
_SKETCHES = {_SHORT: [7], _LONG: [7, *_EVEN], _THIRD: _EVEN}


def test_a_pair_is_a_candidate_whatever_stands_beside_it(warehouse: sa.Engine) -> None:
    found = []
    for staged in ([_SHORT], [_SHORT, _THIRD], list(_SKETCHES)):
        with warehouse.connect() as connection:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # sketches without articles
            connection.execute(
                sa.text(
                    "INSERT INTO core.article_sketch (article_id, text_sha256, hashes, outlets, run_id)"
                    " VALUES (:id, '', :hashes, '{}', :run)"
                ),
                [{"id": i, "hashes": hashes, "run": uuid4()} for i, hashes in _SKETCHES.items()],
            )
            connection.execute(
                sa.text(
                    "CREATE TEMP TABLE stage_article_sketch ON COMMIT DROP AS"
                    " SELECT * FROM core.article_sketch WHERE article_id = ANY(:ids)"
                ),
                {"ids": staged},
            )
            pairs = connection.execute(sa.text(_CANDIDATES), {"least_shared": 0.2}).all()
            found.append((_SHORT, _LONG) in {tuple(pair) for pair in pairs})
            connection.rollback()
    assert len(set(found)) == 1
