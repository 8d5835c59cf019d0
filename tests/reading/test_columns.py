"""Texts in print columns: paragraphs broken into narrow lines."""

from __future__ import annotations

import pytest

from rasd.reading.reader import read

N = "\n"
ONE = """قررت بلدية الزرقاء نقل سوق
الخزف الواقع خلف حي الأمير
إلى ساحة أوسع قرب النهر، بعد
أن ضاق بالتجار والزوار معا
في السنوات الخمس الأخيرة."""
TWO = """وقال مدير الأسواق في البلدية
إن القرار جاء بعد شكاوى من
الازدحام، وبعد دراسة أظهرت أن
شاحنات الطين تمر كل يوم أمام
ثلاث مدارس."""
THREE = """وأوضح أن النقل سيكتمل خلال
أربعين يوما، على أن تبقى
الدكاكين القديمة متحفا لأدوات
الخزافين من عجلات وأفران."""
OTHER = """سرقت أغطية المناهل
في الرصيفة مرتين"""
OTHER_TEXT = """سجلت بلدية الرصيفة سرقة 23 غطاء
من أغطية المناهل خلال أسبوع، وحذرت
السائقين من الحفر في الشارع الكبير."""
HEAD = f"سوق الخزف ينتقل إلى النهر{N}كتب: خلدون العموش"
BODY = [ONE, TWO, THREE]
PAGES = {
    "paragraphs with gaps": (N + N).join([HEAD, *BODY]),
    "no gaps": N.join([HEAD, *BODY, "البقية ص 7"]),
    "another story below": f"{N.join([HEAD, *BODY])}{N}{N}{OTHER}{N}{N}{OTHER_TEXT}",
}


@pytest.mark.parametrize("name", PAGES)
def test_columns_are_one_text(name: str) -> None:
    assert read(PAGES[name]).articles[0].body == N.join(BODY)


def test_a_headline_above_columns_is_broken_as_they_are() -> None:
    page = N.join(["نقل سوق الخزف القديم", "إلى ساحة قرب النهر", "كتب: خلدون العموش", *BODY])
    article = read(page).articles[0]
    assert article.title is not None
    assert article.title.text == "نقل سوق الخزف القديم إلى ساحة قرب النهر"
    assert page[article.title.start : article.title.end] == "نقل سوق الخزف القديم\nإلى ساحة قرب النهر"
    assert article.sentences[:2] == ((0, 20), (21, 39))
    assert article.body == N.join(BODY)
