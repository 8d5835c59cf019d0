"""Which of two places of one name an article means."""

from __future__ import annotations

import pytest

from rasd.annotating.annotate import annotate
from rasd.annotating.gazetteer import Gazetteer
from rasd.resolving import places
from rasd.resolving.context import Part, demonyms_of
from rasd.resolving.document import resolve

OMAN, AMMAN = "LOC/country/OM", "LOC/city/JO/amman"


def part(text: str) -> Part:
    mentions = annotate([text], Gazetteer())[0]
    return Part(text, mentions, resolve(mentions), demonyms_of(text, mentions))


def keys(text: str, *background: str) -> set[str]:
    """Return what عمان stands for in a text."""
    parts = [part(text)]
    parts = places.settled(parts, places.meant(parts, (), background))
    return {e.key for e in parts[0].entities if e.key in (OMAN, AMMAN)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("عقدت اللجنة اجتماعها في عمان أمس.", OMAN),
        ("أعلن وزير المياه الأردني في عمان أن الأردن يبني سداً جديداً.", AMMAN),
        ("وصل الوفد إلى عمان قادماً من مسقط بعد لقاء مع وزير النقل العماني.", OMAN),
        ("بحثت سلطنة عمان والأردن فتح خط جوي، وقالت عمان إن الخط يبدأ قريباً.", OMAN),
        ("افتتح المعرض في عمّان أول من أمس.", AMMAN),
        ("اتفق الأردن وعمان على تبادل الطلاب.", OMAN),
        ("يربط الخط بين عمان وبغداد ودمشق.", AMMAN),
        ("تشارك قطر وعمان والكويت في المعرض.", OMAN),
    ],
)
def test_an_article_says_which_of_two_places_of_one_name_it_means(text: str, key: str) -> None:
    assert keys(text) == {key}


def test_outlets_and_datelines_count_as_well() -> None:
    assert keys("عقدت اللجنة اجتماعها في عمان أمس.", "JO") == {AMMAN}
    assert places.meant([part("عقدت اللجنة اجتماعها أمس.")], ["عمّان"], ["JO"]) == {"عمان": AMMAN}


def test_the_reason_is_told_and_other_names_are_left_alone() -> None:
    parts = [part("أعلن الأردن في عمان وقال الأردن في إربد إن العمل بدأ.")]
    settled = places.settled(parts, places.meant(parts))[0]
    changed = [(b.rule, b.spelling) for a, b in zip(parts[0].entities, settled.entities, strict=True) if a != b]
    assert changed == [(places.RULE, "عمان")]
