"""Names of different articles are joined as well as they were."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from across import parse
from evaluate_joining import ARTICLES, FLOORS, measures

from floors import below

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa


def test_joining_across_articles_keeps_its_floors(warehouse: sa.Engine, tmp_path: Path) -> None:
    measured, _ = measures(warehouse, tmp_path / "inbox")
    assert below(json.loads(FLOORS.read_text("utf-8")), measured) == []


def test_half_of_the_labelled_articles_is_set_aside() -> None:
    articles = parse(ARTICLES.read_text("utf-8"))
    for part in ("dev", "held"):
        own = [a for a in articles if a.part == part]
        assert len(own) >= 40
        assert len({label.entity for a in own for label in a.labels}) >= 20
    told = [{x.entity for a in articles if a.part == part for x in a.labels} for part in ("dev", "held")]
    assert not told[0] & told[1]
