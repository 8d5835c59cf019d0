"""Key words without a label: the article's own words, right below it; nothing else that stands there."""

from __future__ import annotations

import pytest

from rasd.reading.reader import read

_PAGE = (
    "صيادو الساحل يصنعون شباكا من خيوط القطن في ورشة قديمة",
    "4 مارس 2024",
    "عاد صيادو الساحل إلى صناعة الشباك من خيوط القطن في ورشة قديمة قرب الميناء، بعد أن منعت البلدية شباك النايلون.",
    "وقال صاحب الورشة في طبرقة إن الشبكة الواحدة تحتاج إلى أسبوعين من العمل، وإن ثمنها ضعف ثمن شبكة النايلون.",
    "وأضاف أن الصيد التقليدي يعود ببطء، وأن وزارة الفلاحة تدرس دعم القطن للصيادين الصغار في طبرقة وبنزرت.",
)


@pytest.mark.parametrize(
    ("below", "tags"),
    [
        (["طبرقة|الصيد التقليدي|شباك القطن"], ["طبرقة", "الصيد التقليدي", "شباك القطن"]),
        (["• طبرقة", "• شباك القطن"], ["طبرقة", "شباك القطن"]),
        (["الميناء", "الصيد التقليدي", "بنزرت"], ["الميناء", "الصيد التقليدي", "بنزرت"]),
        (["طبرقة الصيد التقليدي"], ["طبرقة", "الصيد التقليدي"]),
        (["كلمات البحث", "طبرقة|سياحة بحرية|بنزرت"], ["طبرقة", "سياحة بحرية", "بنزرت"]),
        (["أخبار أخرى", "# طبرقة"], ["طبرقة"]),
        # With a figure in one of them, with how often each was used, with signs before them, below a label.
        (["طبرقة / شباك القطن / الصيد التقليدي 2024"], ["طبرقة", "شباك القطن", "الصيد التقليدي 2024"]),
        (["شباك القطن (1204) ميناء طبرقة (88)"], ["شباك القطن", "ميناء طبرقة"]),
        (["▪ طبرقة ▪ شباك القطن ▪ النايلون"], ["طبرقة", "شباك القطن", "النايلون"]),
        (["الوسوم", "شباك القطن ورشة قديمة وزارة الفلاحة"], ["شباك القطن", "ورشة قديمة", "وزارة الفلاحة"]),
        # By whatever name a line gives them, and with any sign between them.
        (["ملفات: شباك القطن؛ طبرقة"], ["شباك القطن", "طبرقة"]),
        (["مواضيع المقال: طبرقة ، الصيد التقليدي"], ["طبرقة", "الصيد التقليدي"]),
        (["📍 طبرقة 📍 شباك القطن 📍 بنزرت"], ["طبرقة", "شباك القطن", "بنزرت"]),
        (['"طبرقة" "بنزرت" "شباك القطن"'], ["طبرقة", "بنزرت", "شباك القطن"]),
        (["الوسوم: طبرقة NETS شباك القطن"], ["طبرقة", "NETS", "شباك القطن"]),
        # The same sign before each of them, figures among them, blanks or a stroke below.
        (["+ شباك القطن + ورشة 21 + طبرقة"], ["شباك القطن", "ورشة 21", "طبرقة"]),
        (["› طبرقة › شباك القطن › بنزرت"], ["طبرقة", "شباك القطن", "بنزرت"]),
        (["# شباك_القطن # الصيد_التقليدي"], ["شباك_القطن", "الصيد_التقليدي"]),
        (["شباك القطن   الصيد التقليدي   طبرقة"], ["شباك القطن", "الصيد التقليدي", "طبرقة"]),
        # Who wrote it, for the agency; what a poll asks; guests by name.
        (["--(وطس) ط ش/ن ق"], []),
        (["هل تأكل السمك؟", "طبرقة", "بنزرت", "الميناء"], []),
        (["ضيوف الحلقة: سامي القطن، محمد الميناء"], []),
        # Behind the source, and right below the text where it says but one of them.
        (["المصدر: صدى الساحل", "طبرقة | شباك القطن"], ["طبرقة", "شباك القطن"]),
        (["حرف، طبرقة"], ["حرف", "طبرقة"]),
        # Below the list of other stories all of them have to be said.
        (["اقرأ أيضا", "سفينة جديدة تصل إلى ميناء حلق الوادي", "طبرقة | شباك القطن"], ["طبرقة", "شباك القطن"]),
        (["اقرأ أيضا", "سفينة جديدة تصل إلى ميناء حلق الوادي", "طبرقة | رياضة | فن"], []),
        # The last line of a list that heads another; a list by the name of key words; sources; one name.
        (["الميناء", "طبرقة", "حوارات سابقة", "سفينة جديدة تصل إلى حلق الوادي"], ["الميناء", "طبرقة"]),
        (["مواضيع مقترحة", "سفينة جديدة تصل إلى حلق الوادي", "أسعار الخضر في سوق الجملة اليوم"], []),
        (["المصادر:", "• وزارة الفلاحة", "• بلدية طبرقة"], []),
        (["صاحب الورشة"], []),
        # Captions again and again, a sentence of its own, names of sections, what readers are told.
        (["شباك القطن", "شباك القطن"], []),
        (["الورشة التي عاد إليها الصيادون"], []),
        (["سياسة", "رياضة"], []),
        (["شارك", "طباعة"], []),
    ],
)
def test_key_words_are_told_by_what_they_are(below: list[str], tags: list[str]) -> None:
    assert [tag.text for tag in read("\n".join((*_PAGE, *below))).articles[0].tags] == tags


@pytest.mark.parametrize(
    ("row", "tags"),
    [
        ("سمات القطن وزارة الفلاحة بنزرت", ["القطن", "وزارة الفلاحة", "بنزرت"]),
        ("الوسوم: الصيد التقليدي تونس وفرنسا المغرب العربي", ["الصيد التقليدي", "تونس وفرنسا", "المغرب العربي"]),
        # Letters that only end words, with the next word glued to them; dots between words; English labels.
        ("الوسوم: ورشة قديمةشباك القطن", ["ورشة قديمة", "شباك القطن"]),
        ("الوسوم: طبرقة .. شباك القطن .. بنزرت", ["طبرقة", "شباك القطن", "بنزرت"]),
        ("Tagged طبرقة، بنزرت", ["طبرقة", "بنزرت"]),
    ],
)
def test_rows_of_key_words_are_parted_where_one_ends(row: str, tags: list[str]) -> None:
    assert [tag.text for tag in read("\n".join((*_PAGE, row))).articles[0].tags] == tags


def test_signs_before_key_words_one_a_line_are_no_part_of_them() -> None:
    page = "\n".join((*_PAGE, "وسوم:", "● طبرقة", "● شباك القطن", "● بنزرت"))
    assert [tag.text for tag in read(page).articles[0].tags] == ["طبرقة", "شباك القطن", "بنزرت"]


def test_key_words_between_headline_and_text_stand_one_a_line() -> None:
    page = "\n".join((_PAGE[0], "طبرقة", "الصيد التقليدي", "شباك القطن", *_PAGE[2:]))
    assert [tag.text for tag in read(page).articles[0].tags] == ["طبرقة", "الصيد التقليدي", "شباك القطن"]


def test_key_words_below_another_story_are_of_the_text_that_knows_them() -> None:
    other = (
        "اقرأ أيضا",
        "سفينة جديدة تصل إلى حلق الوادي",
        "وصلت إلى حلق الوادي سفينة جديدة تحمل السيارات من مرسيليا بعد رحلة دامت يوما كاملا في بحر هائج.",
        "وقال ربان السفينة إنها ستعمل مرتين في الأسبوع بين المدينتين إلى نهاية الصيف.",
    )
    page = "\n".join((*_PAGE, *other, "وسوم: طبرقة، شباك القطن"))
    assert [tag.text for tag in read(page).articles[0].tags] == ["طبرقة", "شباك القطن"]


def test_a_line_that_only_says_what_follows_is_no_key_word() -> None:
    page = "\n".join(
        ("الموضوع شباك القطن الصيد التقليدي", "المواضيع", "ينبغي للصيادين:", "الإبلاغ عن خطأ مطبعي", *_PAGE)
    )
    assert all(tag.text for article in read(page).articles for tag in article.tags)
