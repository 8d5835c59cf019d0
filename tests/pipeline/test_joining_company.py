"""Where a short name points does not hang on what other names come in the same batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from across import Oracle, found, load, parse

from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ARTICLES = """== dev | سانا | كامل
قال وزير النفط السوري [PER:a|محمد العلي] إن الحقول في سوريا تعمل، وشكر [PER:a|العلي] العاملين فيها.
== dev | تشرين | وحده
زار وزير النفط السوري [PER:a|العلي] حقول الغاز في سوريا، ووعد بأن تعود إلى العمل.
== dev | الثورة | غيره
سجل اللاعب السوري [PER:b|علاي] هدف المباراة الوحيد في سوريا مساء أمس.
"""
# More people of one surname than are looked at.
_CROWD = """
INSERT INTO core.sense (sense_id, sense_key, entity_type, name, is_curated, is_short, is_common, block, family,
  countries, fields, companions, group_id, rule, score, is_open, joining_version, run_id)
SELECT md5(n::text)::uuid, 'PER/' || n, 'PER', 'سامر ' || n, false, false, false, 'PER سمر ' || n, s.family,
  '{XX}', '{}', '{}', md5(n::text)::uuid, 'own name', 0.95, false, s.joining_version, s.run_id
FROM generate_series(1, 50) AS n, core.sense AS s
WHERE s.name = 'محمد العلي'
"""


def test_a_name_that_everybody_bears_points_the_same_beside_a_rare_one(
    new_database: Callable[..., str], tmp_path: Path
) -> None:
    articles = parse(ARTICLES)
    oracle = Oracle(articles)
    pointed = {}
    for how, batches in (("together", [articles[1:]]), ("alone", [articles[1:2], articles[2:]])):
        engine = connect(new_database())
        load(engine, tmp_path / how, articles[:1], oracle=oracle)
        with engine.begin() as connection:
            assert connection.execute(sa.text(_CROWD)).rowcount == 50
        for number, batch in enumerate(batches):
            load(engine, tmp_path / f"{how}{number}", batch, oracle=oracle)
        pointed[how] = [key for _, _, key in found(engine, articles)]
        engine.dispose()
    assert pointed["together"] == pointed["alone"]
    assert len(set(pointed["alone"][:3])) == 1, "the surname alone is the minister"
