"""Names of many articles: joined, kept apart, left open; decided by people; the same whatever the order."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from across import Oracle, found, load, parse
from tables import assert_same, rows

from rasd.errors import SettingError
from rasd.pipeline import decisions
from rasd.pipeline.publishing import publish
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SYRIAN = """== dev | سانا | الوزير يفتتح محطة
دمشق - افتتح وزير النفط السوري [PER:ali-sy|محمد العلي] محطة لتوليد الكهرباء في ريف دمشق صباح اليوم.
وأضاف [PER:ali-sy|العلي] أن المحطة ستغذي مئة ألف منزل في سوريا قبل نهاية العام الجاري.
"""
SYRIAN_AGAIN = """== dev | الوطن السورية | جولة على الحقول
قال وزير النفط السوري [PER:ali-sy|محمد العلي] خلال جولة على حقول الغاز قرب حمص إن الإنتاج ارتفع هذا الشهر.
"""
QATARI = """== dev | الراية | هدف في الدوحة
سجل لاعب المنتخب القطري [PER:ali-qa|محمد العلي] هدف المباراة الوحيد في الدوحة مساء أمس أمام جمهور كبير.
"""
UNKNOWN = """== dev | موقع | حديث قصير
تحدث [PER:ali-x|محمد العلي] عن تجربته الطويلة في الكتابة للأطفال وعن كتب يريد أن يعيد طبعها قريبا.
"""
STERNIK = """== dev | سبوتنيك | مدير المعهد
موسكو - قال مدير المعهد الروسي [PER:sternik|ألكسندر ستيرنيك] إن الدراسة شملت سبعة أقاليم في روسيا.
وتابع [PER:sternik|ستيرنيك] أن النتائج ستنشر في الربيع المقبل مع جداولها كاملة.
"""
STERNIK_OTHERWISE = """== dev | روسيا اليوم | المعهد ينشر نتائجه
موسكو - نشر المعهد الروسي نتائج دراسة أشرف عليها [PER:sternik|الكسندر ستيرنك] في سبعة أقاليم من روسيا.
"""
STERNIK_ALONE = """== dev | تاس | نتائج الدراسة
موسكو - انتقد خبراء في روسيا ما أعلنه [PER:sternik|ستيرنيك] قبل يومين عن نتائج الدراسة وطالبوا بنشر الأرقام كلها.
"""
ARTICLES = parse(SYRIAN + SYRIAN_AGAIN + QATARI + UNKNOWN + STERNIK + STERNIK_OTHERWISE + STERNIK_ALONE)


@pytest.fixture
def loaded(warehouse: sa.Engine, tmp_path: Path) -> sa.Engine:
    """A warehouse that holds these articles."""
    load(warehouse, tmp_path / "inbox", ARTICLES, oracle=Oracle(ARTICLES))
    return warehouse


def keys(engine: sa.Engine) -> list[str | None]:
    """Return the entity keys of the first name of each article."""
    first = {}
    for article, _, key in found(engine, ARTICLES):
        first.setdefault(article.headline, key)
    return list(first.values())


def test_one_name_in_two_countries_is_two_people_and_without_a_setting_stays_open(loaded: sa.Engine) -> None:
    syrian, again, qatari, unknown, *_ = keys(loaded)
    assert syrian == again == "PER/محمد العلي@SY/state"
    assert qatari == "PER/محمد العلي@QA/sport"
    assert unknown == "PER/محمد العلي"
    with loaded.connect() as c:
        rows = c.execute(sa.text("SELECT surface, candidates FROM report.ambiguous_mention")).all()
    assert [(surface, sorted(c["entity_key"] for c in candidates)) for surface, candidates in rows] == [
        ("محمد العلي", ["PER/محمد العلي@QA/sport", "PER/محمد العلي@SY/state"])
    ]


def test_spellings_and_parts_of_a_name_meet_across_articles(loaded: sa.Engine) -> None:
    *_, full, otherwise, alone = keys(loaded)
    assert full == otherwise == alone == "PER/الكسندر ستيرنيك"
    with loaded.connect() as c:
        entity = decisions.find(c, "ألكسندر ستيرنيك")
        assert decisions.find(c, "PER/الكسندر ستيرنك") == entity, "a key that went into another one still leads there"
        assert entity.name == "ألكسندر ستيرنيك"
        assert names(c, entity.entity_key) == {
            "ألكسندر ستيرنيك": "own name",
            "الكسندر ستيرنك": "spelling",
            "ستيرنيك": "part of a name",
        }


def names(connection: sa.Connection, key: str) -> dict[str, str]:
    """Return the names of an entity, each with its reason."""
    rows = connection.execute(
        sa.text(
            "SELECT n.name, n.rule FROM core.entity_name AS n JOIN core.entity USING (entity_id)"
            " WHERE entity_key = :key"
        ),
        {"key": key},
    )
    return {name: rule for name, rule in rows}  # noqa: C416 -- a row is no pair to mypy


def test_a_join_applies_at_once_holds_for_what_comes_and_can_be_taken_back(loaded: sa.Engine, tmp_path: Path) -> None:
    before = rows(loaded)
    with loaded.begin() as c:
        made = decisions.join(c, "PER/محمد العلي@SY/state", "PER/محمد العلي", by="ن", reason="هو الوزير")
    syrian, _, qatari, unknown, *_ = keys(loaded)
    assert unknown == syrian != qatari
    later = parse(UNKNOWN.replace("حديث قصير", "حديث آخر").replace("قريبا", "في الخريف"))
    load(loaded, tmp_path / "later", later, oracle=Oracle(later))
    assert found(loaded, later)[0][2] == syrian
    with loaded.begin() as c:
        assert names(c, syrian or "")["محمد العلي"] == "decision"
        decisions.undo(c, made.decision_id, by="م")
    assert keys(loaded)[3] == "PER/محمد العلي"
    assert found(loaded, later)[0][2] == "PER/محمد العلي"
    with loaded.begin() as c:
        c.execute(sa.text("DELETE FROM core.decision"))
    assert [r for r in rows(loaded)["core.entity"] if r not in before["core.entity"]] == []


def test_a_split_name_is_an_entity_of_its_own_and_may_be_joined_elsewhere(loaded: sa.Engine) -> None:
    before = rows(loaded)
    with loaded.begin() as c:
        made = decisions.split(c, "PER/الكسندر ستيرنيك", "الكسندر ستيرنك", by="ن", reason="رجل آخر")
    *_, full, otherwise, _ = keys(loaded)
    assert otherwise == f"PER/الكسندر ستيرنك#{made.decision_id}"
    assert full == "PER/الكسندر ستيرنيك"
    with loaded.begin() as c:
        again = decisions.join(c, "PER/محمد العلي@QA/sport", otherwise or "", by="ن", reason="كذا")
    assert keys(loaded)[-2] == "PER/محمد العلي@QA/sport"
    with loaded.begin() as c:
        with pytest.raises(SettingError, match="own name"):
            decisions.split(c, "PER/الكسندر ستيرنيك", "ألكسندر ستيرنيك", by="ن", reason="كذا")
        decisions.undo(c, again.decision_id, by="م")
        decisions.undo(c, made.decision_id, by="م")
        c.execute(sa.text("DELETE FROM core.decision"))
    assert_same(rows(loaded), before)


def test_what_is_no_name_points_to_nothing_and_comes_back(loaded: sa.Engine) -> None:
    before = rows(loaded)
    with loaded.begin() as c:
        part = decisions.reject(c, "PER/الكسندر ستيرنيك", "ستيرنيك", by="ن", reason="ليس اسما")
    by_name = {(a.headline, a.body[x.start : x.end]): key for a, x, key in found(loaded, ARTICLES)}
    assert by_name["مدير المعهد", "ألكسندر ستيرنيك"] == "PER/الكسندر ستيرنيك"
    assert by_name["نتائج الدراسة", "ستيرنيك"] is None
    with loaded.begin() as c:
        whole = decisions.reject(c, "PER/الكسندر ستيرنيك", by="ن", reason="ليس اسما")
    assert keys(loaded)[-3:] == [None, None, None]
    with loaded.begin() as c:
        assert c.scalar(sa.text("SELECT count(*) FROM core.entity WHERE entity_key LIKE 'PER/الكسندر%'")) == 0
        decisions.undo(c, whole.decision_id, by="م")
        decisions.undo(c, part.decision_id, by="م")
        c.execute(sa.text("DELETE FROM core.decision"))
    assert_same(rows(loaded), before)


def test_a_new_name_to_show_stays_when_more_articles_come(loaded: sa.Engine, tmp_path: Path) -> None:
    with loaded.begin() as c:
        decisions.rename(c, "PER/الكسندر ستيرنيك", "أ. ستيرنيك", by="ن", reason="كذا")
        decisions.rename(c, "LOC/country/SY", "الجمهورية العربية السورية", by="ن", reason="كذا")
    later = parse(STERNIK.replace("مدير المعهد\n", "مدير المعهد ثانية\n").replace("الربيع المقبل", "سوريا"))
    load(loaded, tmp_path / "later", later, oracle=Oracle(later))
    with loaded.connect() as c:
        assert decisions.find(c, "PER/الكسندر ستيرنيك").name == "أ. ستيرنيك"
        assert decisions.find(c, "LOC/country/SY").name == "الجمهورية العربية السورية"


def test_decisions_hold_whether_they_come_before_or_after_the_articles(
    new_database: Callable[..., str], tmp_path: Path
) -> None:
    after, between = (connect(new_database()) for _ in range(2))
    oracle = Oracle(ARTICLES)

    def decide(engine: sa.Engine) -> None:
        with engine.begin() as c:
            decisions.join(c, "PER/محمد العلي@SY/state", "PER/الكسندر ستيرنيك", by="ن", reason="كذا")
            decisions.reject(c, "PER/محمد العلي@SY/state", "ستيرنيك", by="ن", reason="كذا")

    load(after, tmp_path / "all", ARTICLES, oracle=oracle)
    decide(after)
    load(between, tmp_path / "some", [ARTICLES[4], ARTICLES[0]], oracle=oracle)
    decide(between)
    load(
        between, tmp_path / "rest", [a for i, a in enumerate(ARTICLES) if i not in (0, 4)], oracle=oracle, batch_pages=1
    )
    for engine in (after, between):
        publish(engine)
        with engine.begin() as c:
            c.execute(sa.text("DELETE FROM core.decision"))
    assert_same(rows(after), rows(between))
    after.dispose()
    between.dispose()


def test_any_order_and_any_batch_size_join_the_same(new_database: Callable[..., str], tmp_path: Path) -> None:
    expected = None
    for seed, batch_pages in ((1, 1), (2, 3), (3, 500)):
        engine = connect(new_database())
        shuffled = random.Random(seed).sample(ARTICLES, len(ARTICLES))
        for part in range(2):
            load(
                engine, tmp_path / f"{seed}-{part}", shuffled[part::2], oracle=Oracle(ARTICLES), batch_pages=batch_pages
            )
        if expected is None:
            expected = rows(engine)
        else:
            assert_same(rows(engine), expected)
        engine.dispose()
