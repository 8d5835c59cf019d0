from __future__ import annotations

import pytest

from open_names import labelled_pages, parts
from rasd.annotating.announced import announced
from rasd.annotating.model import Chunk
from rasd.annotating.names import load_names
from rasd.arabic.tokens import tokenize


def said(text: str, *found: Chunk) -> list[str]:
    """Return type and words of the names that a sentence has after its own words were read."""
    tokens = [token.text for token in tokenize(text)]
    return [f"{c.type} {' '.join(tokens[c.start : c.end])}" for c in announced(tokens, found, load_names())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("أعلنت وزارة الأشغال العامة والنقل خطتها", "ORG وزارة الأشغال العامة والنقل"),
        ("أعلنت وزارة الصحة ووقاية المجتمع خطتها", "ORG وزارة الصحة ووقاية المجتمع"),
        ("أعلنت وزارة الداخلية القبض على متهم", "ORG وزارة الداخلية"),
        ("قالت وزارة العمل إنها", "ORG وزارة العمل"),
        ("قالت بلدية عندقت في بيان", "LOC عندقت"),
        ("قالت هيئة تنظيم الاتصالات إنها", "ORG هيئة تنظيم الاتصالات"),
        ("زارت هيئة الأوراق المالية والسلع أمس", "ORG هيئة الأوراق المالية والسلع"),
        ("رئيس لجنة الشؤون الخارجية في المجلس", "ORG لجنة الشؤون الخارجية"),
        ("نظمها المركز الوطني لترميم المدن التاريخية أمس", "ORG المركز الوطني لترميم المدن التاريخية"),
        ("أقرت اللجنة الخليجية للدواء خطة", "ORG اللجنة الخليجية للدواء"),
        ('قالت جمعية "درب الصنوبر" إنها بدأت', "ORG درب الصنوبر"),
        ("في قرية المراح شرقا", "LOC المراح"),
        ("الموارد المائية: خطة جديدة", "ORG الموارد المائية"),
        ("وقال الرجل لـ«بوابة الصنوبر» إنه عاد", "ORG بوابة الصنوبر"),
        ("كتبت «الضفتان» الأردنية عن السدود", "ORG الضفتان"),
        ("قالت هدى الترشيشي إنها زرعت", "PER هدى الترشيشي"),
        ("رئيس بلدة دير استيا أمس", "LOC دير استيا"),
    ],
)
def test_names_are_announced_by_their_words(text: str, name: str) -> None:
    assert said(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "في محكمة ألمانية أمس",  # an adjective that begins like the article
        "في مدينة كبيرة",
        "أبناء المدينة الفلسطينية",
        "في مدينة الألعاب",
        "وزارة سابقة",
        "بلدية سابقة",
        "في هيئة الدفاع عنه",
        "نصر الإسلامي الوطني",
        "على المستشفى الكبير",
        "ثم قال: العملية صعبة",
        "لجنة التحقيق أمس",
        'قال إن الحركة "غير مسبوقة وهي تأتي بعد عام كامل من الهدوء" أمس',
    ],
)
def test_common_words_announce_nothing(text: str) -> None:
    assert said(text) == []


def test_what_was_found_stands_unless_it_lies_within() -> None:
    # مركز هورايزون: the word and the name found behind it are one; a crossing name is left alone.
    assert said("باحث في مركز هورايزون للأبحاث", Chunk("ORG", 3, 4, 0.7)) == ["ORG مركز هورايزون للأبحاث"]
    assert said("وزارة الصحة اللبنانية فلان", Chunk("PER", 2, 4, 0.7)) == ["PER اللبنانية فلان"]
    assert said("في قرية المراح", Chunk("PER", 2, 3, 0.7)) == ["PER المراح"]
    place = Chunk("LOC", 1, 2, 0.7)
    assert said("هيئة أبوظبي للثقافة والتراث", place) == ["ORG هيئة أبوظبي للثقافة والتراث"]
    assert said("سوق أبوظبي أمس", place) == ["LOC أبوظبي"]
    # Two names that و joins are parted where the first is known.
    assert said("على فيسبوك وإكس", Chunk("ORG", 1, 3, 0.7)) == ["ORG فيسبوك", "ORG وإكس"]
    assert said("قال وئام وعبير", Chunk("PER", 1, 3, 0.7)) == ["PER وئام وعبير"]


def test_labels_of_the_open_pages_stand_in_them() -> None:
    for part in parts():
        for _, text, named in labelled_pages(part):
            assert named
            for name in named:
                start, end = name.spans[0]
                assert all(start <= a < b <= end and text[a:b].strip() == text[a:b] for a, b in name.spans)
