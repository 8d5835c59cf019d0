from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rasd import resources
from rasd.annotating.gazetteer import Gazetteer
from rasd.annotating.model import chunks
from rasd.annotating.names import load_names, phrase, rows
from rasd.errors import SettingError


def found(text: str) -> list[tuple[str, str]]:
    words = text.split()
    tags = Gazetteer().tag([words])[0]
    return [(c.type, " ".join(words[c.start : c.end])) for c in chunks(tags)]


def test_the_longest_name_at_each_place() -> None:
    assert found("في الجمعية العامة للأمم المتحدة وفي الولايات المتحدة الأمريكية") == [
        ("ORG", "الجمعية العامة للأمم المتحدة"),
        ("LOC", "الولايات المتحدة الأمريكية"),
    ]


def test_spellings_of_a_country_are_one() -> None:
    names = load_names()
    for spelling in ("أوزبكستان", "أوزباكستان", "اوزبكستان", "أُوزبَکستان"):
        assert names.lookup(phrase(spelling))[0].key == "LOC/country/UZ"


def test_every_country_of_cldr_and_the_ministries_of_each() -> None:
    names = load_names()
    assert names.lookup(phrase("جزر آلاند"))[0].key == "LOC/country/AX"
    assert names.lookup(phrase("وزارة الدفاع الوطني الجزائرية"))[0].key == "ORG/DZ/ministry/defence"
    assert names.lookup(phrase("البرلمان الإستوني"))[0].key == "ORG/EE/parliament"


def test_common_words_are_no_cities() -> None:
    assert found("كان الحكم في المدينة الجديدة بعد سنة على الأبيض وحده إن شاء الله لا وان دور الجامعة") == []


def test_a_weak_spelling_makes_no_mention_but_names_one() -> None:
    assert found("قال الشرع") == []
    form = load_names().lookup("الشرع")[0]
    assert (form.key, form.weak) == ("PER/ahmed-al-sharaa", True)


def test_country_and_adjective_of_the_same_letters() -> None:
    assert found("الحكومة السعودية في السعودية") == [("LOC", "السعودية")]


def test_where_an_organisation_is_from_is_not_its_name() -> None:
    assert found("فاز برشلونة الإسباني على صحيفة نيويورك تايمز الأمريكية") == [
        ("ORG", "برشلونة"),
        ("ORG", "نيويورك تايمز"),
    ]


def test_the_article_decides_nothing_across_sentences() -> None:
    tagger = Gazetteer()
    sentences = [["الأمم"], ["المتحدة"], [], ["الأمم", "المتحدة"]]
    assert [len(chunks(tags)) for tags in tagger.tag(sentences)] == [0, 0, 0, 1]


def test_tables_are_sound() -> None:
    names = load_names()
    assert len(names.entities) > 15_000
    assert all(entity.key.startswith(f"{entity.type}/") and entity.name for entity in names.entities.values())
    assert not any("?" in entity.name or "|" in entity.name for entity in names.entities.values())
    for table in ("people.csv", "organisations.csv", "places.csv", "cities.csv"):
        keys = [row["key"] for row in rows(table)]
        assert len(keys) == len(set(keys)), table


def own_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(resources.seeds() / "names", tmp_path / "seeds" / "names")
    shutil.copy(resources.seeds() / "given_names.txt", tmp_path / "seeds")
    monkeypatch.setenv("RASD_SEEDS", str(tmp_path / "seeds"))
    return tmp_path / "seeds" / "names"


def test_a_line_that_a_user_adds_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_names().version
    tables = own_tables(tmp_path, monkeypatch)
    with (tables / "people.csv").open("a", encoding="utf-8") as table:
        table.write("samir-test,سمير التجريبي,التجريبي,LB,writer,\n")
    assert found("قال التجريبي") == [("PER", "التجريبي")]
    assert load_names().version != before


def test_a_broken_line_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = own_tables(tmp_path, monkeypatch)
    lines = (tables / "people.csv").read_text(encoding="utf-8").splitlines()
    (tables / "people.csv").write_text("\n".join([*lines, "only,two"]), encoding="utf-8")
    with pytest.raises(SettingError, match=f"line {len(lines) + 1}"):
        load_names()
    (tables / "not_names.txt").unlink()
    with pytest.raises(SettingError):
        load_names()
    (tables / "people.csv").unlink()
    with pytest.raises(SettingError, match="cannot be read"):
        load_names()
