from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.errors import SettingError
from rasd.reading.outlets import Outlets


@pytest.mark.parametrize(
    ("text", "outlet_id"),
    [
        ("الوكالة العربية السورية للأنباء", "sana"),
        ("سانا", "sana"),
        ("وكالة سانا", "sana"),
        ("أ ف ب", "afp"),
        ("أ.ف.ب", "afp"),
        ("(ا ف ب)", "afp"),
        ("د ب أ", "dpa"),
        ("أ ش أ", "mena"),
        ("رويتــرز", "reuters"),
        ("Reuters", "reuters"),
        ("«الأناضول»", "anadolu"),
        ("موقع 24", "24_ae"),
        ("موقع ٢٤", "24_ae"),
        ("مأرب برس", "marib_press"),
        ("مارب برس", "marib_press"),
        ("الجزيرة نت", "aljazeera"),
        ("الجزيرة.نت", "aljazeera"),
        ("قناة الجزيرة", "aljazeera"),
        ("https://www.aljazeera.net/news/2023/11/8/x", "aljazeera"),
        ("صحيفة الشرق الأوسط", "asharq_alawsat"),
        ("اليوم السابع", "youm7"),
        ("الوطن السعودية", "alwatan_sa"),
        ("الشروق الجزائرية", "echorouk"),
        ("وكالات", "agencies"),
        ("جزايرس", "djazairess"),
    ],
)
def test_a_publisher_is_known_by_its_spellings(text: str, outlet_id: str) -> None:
    outlet = Outlets.load().match(text)
    assert outlet is not None
    assert outlet.outlet_id == outlet_id


@pytest.mark.parametrize(
    "text", ["الوطن", "الشروق", "الرياض", "عمان", "القدس", "موقع", "وكالة", "مجهول", "", "(", "قال" * 99]
)
def test_what_several_claim_or_nobody_does_is_no_match(text: str) -> None:
    assert Outlets.load().match(text) is None


def test_the_table_is_whole() -> None:
    outlets = list(Outlets.load())
    assert len(outlets) >= 150
    assert len({o.outlet_id for o in outlets}) == len(outlets)
    assert {o.kind for o in outlets} == {"outlet", "agency", "aggregator"}
    assert all(re.fullmatch("[a-z0-9_]+", o.outlet_id) for o in outlets)
    arab = {"DZ", "BH", "DJ", "EG", "IQ", "JO", "KW", "LB", "LY", "MR", "MA", "OM", "PS", "QA", "SA", "SO", "SD", "SY"}
    assert arab | {"TN", "AE", "YE"} <= {o.country for o in outlets}


def test_a_users_own_table(tmp_path: Path) -> None:
    path = tmp_path / "outlets.csv"
    header = "outlet_id,name,kind,country,spellings\n"
    path.write_text(f"# ours\n{header}ours,جريدتنا,outlet,EG,our.example\n", encoding="utf-8")
    (ours,) = Outlets(path)
    assert Outlets(path).match("www.our.example/x") == ours
    for wrong in ("a,ب,blog,EG,b\n", "a,ب,outlet,Egypt,b\n", "a,ب,outlet,EG,b\na,ج,outlet,EG,c\n", "a,ب\n"):
        path.write_text(header + wrong, encoding="utf-8")
        with pytest.raises(SettingError):
            Outlets(path)


@given(st.one_of(st.text(), st.text(st.sampled_from("المصدر: ()[]/+،-\nرويتز أفب"))))
def test_nothing_raises(text: str) -> None:
    Outlets.load().match(text)
