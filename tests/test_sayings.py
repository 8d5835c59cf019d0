"""What Rasd says where something is wrong, in Arabic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import rasd
from rasd import resources
from rasd.landing.reasons import REASONS
from rasd.sayings import in_arabic
from rasd.warehouse import reports

ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("There is nothing in it", "لا شيء فيه"),
        ("It is a binary file, not text (PNG image)", "ملف ثنائي لا نص (\u2068PNG image\u2069)"),
        ("no outlet has the id or name جريدة", "لا ناشر بهذا المعرّف أو الاسم: \u2068جريدة\u2069"),
        (
            "watch a-1: the search -مصر only excludes: it would find every other text",
            "متابعة \u2068a-1\u2069: \u2068البحث \u2068-مصر\u2069 يستبعد فقط: سيجد كل نص سواه\u2069",
        ),
        ("something new", "something new"),
        ("something new (with a remark)", "something new (with a remark)"),
    ],
)
def test_a_sentence_is_put_into_arabic_with_what_differs(english: str, arabic: str) -> None:
    assert in_arabic(english) == arabic


def test_everything_that_a_desk_reads_has_its_arabic() -> None:
    said = [word for reason in REASONS.values() for word in (reason.what, reason.do) if word]
    said = [word for word in said if word not in _OF_NO_PAGE]
    said += [str(check["question"]) for check in reports.checks()]
    report = resources.sql() / "report"
    said += re.findall(r"THEN '([^']+(?:''[^']+)*)'", (report / "health.sql").read_text("utf-8"))
    said += re.findall(r"(?:THEN|format\()\s*'([^']+)'", (report / "watch_problem.sql").read_text("utf-8"))
    reading = Path(rasd.__file__).parent / "reading" / "confidence.py"
    said += re.findall(r'(?:yield|return) .*, f?"([^"]+)"$', reading.read_text("utf-8"), re.MULTILINE)
    assert len(said) > 70
    filled = [re.sub(r"%s|\{\w+\}", "x", word.replace("''", "'")) for word in said]
    assert [word for word in filled if not ARABIC.search(in_arabic(word))] == []


# What is passed over stands in no quarantine.
_OF_NO_PAGE = {
    reason.what
    for word, reason in REASONS.items()
    if word in ("still_written", "hidden", "temporary", "not_a_file", "symlink_loop", "listed_already")
}
