"""What a person decides about entities."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rasd.errors import SettingError
from rasd.pipeline import decisions


def test_entities_carry_what_the_tables_know(sample_warehouse: sa.Engine) -> None:
    with sample_warehouse.connect() as c:
        row = c.execute(
            sa.text(
                "SELECT kind, country, geonames_id, round(latitude), round(longitude) FROM core.entity"
                " WHERE entity_key = 'LOC/city/UZ/samarkand'"
            )
        ).one()
        country = c.scalar(sa.text("SELECT country FROM core.entity WHERE entity_key = 'LOC/country/KZ'"))
    assert tuple(row) == ("city", "UZ", 1216265, 40, 67)
    assert country == "KZ"


def test_an_entity_is_found_by_key_id_or_spelling(sample_warehouse: sa.Engine) -> None:
    with sample_warehouse.connect() as c:
        row = decisions.find(c, "LOC/country/KZ")
        assert decisions.find(c, str(row.entity_id)) == row == decisions.find(c, "كازاخستان")
        with pytest.raises(SettingError, match="no entity has this"):
            decisions.find(c, "لا أحد")


def test_decisions_are_kept_and_taken_back(sample_warehouse: sa.Engine) -> None:
    with sample_warehouse.begin() as c:
        made = decisions.rename(c, "كازاخستان", "جمهورية  كازاخستان", by="ن", reason="الاسم الرسمي")
        assert (made.kind, made.name) == ("rename", "جمهورية كازاخستان")
        assert decisions.decisions(c, entity="كازاخستان") == [made]
        undone = decisions.undo(c, made.decision_id, by="م")
        assert undone.undone_by == "م"
        with pytest.raises(SettingError, match="no decision"):
            decisions.undo(c, made.decision_id, by="م")
        with pytest.raises(SettingError, match="already"):
            decisions.join(c, "كازاخستان", "LOC/country/KZ", by="ن", reason="كذا")
        with pytest.raises(SettingError, match="none of its spellings"):
            decisions.split(c, "كازاخستان", "مصر", by="ن", reason="كذا")
        with pytest.raises(SettingError, match="a reason is needed"):
            decisions.reject(c, "كازاخستان", by="ن", reason=" ")
