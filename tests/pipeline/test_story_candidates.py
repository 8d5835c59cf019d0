"""Which texts are compared with one another may not hang on what else is compared at the same time."""

from __future__ import annotations

from uuid import UUID, uuid4

import sqlalchemy as sa

from rasd.pipeline.resolving import _CANDIDATES

_SHORT, _LONG, _THIRD = (UUID(int=n) for n in (1, 2, 3))
_KEYS = list(range(2, 90, 2))
# Hashes, the keys first, and how many of them are keys: of the long text the short one's hash is none.
_SKETCHES = {_SHORT: ([7], 1), _LONG: ([*_KEYS, 7], len(_KEYS)), _THIRD: (_KEYS, len(_KEYS))}


def test_a_pair_is_a_candidate_whatever_stands_beside_it(warehouse: sa.Engine) -> None:
    found = []
    for staged in ([_SHORT], [_SHORT, _THIRD], list(_SKETCHES)):
        with warehouse.connect() as connection:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # sketches without articles
            connection.execute(
                sa.text(
                    "INSERT INTO core.article_sketch (article_id, text_sha256, hashes, n_keys, outlets, run_id)"
                    " VALUES (:id, '', :hashes, :n_keys, '{}', :run)"
                ),
                [{"id": i, "hashes": h, "n_keys": n, "run": uuid4()} for i, (h, n) in _SKETCHES.items()],
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
