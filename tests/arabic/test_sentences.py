from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.arabic.sentences import split_paragraphs, split_sentences

GOLD = Path(__file__).parents[3] / "shared" / "gold"


@pytest.mark.parametrize(
    "sentences",
    [
        ["قال نعم.", "ثم سكت."],
        ["هل جاء؟", "لا!", "ذهب."],
        ['قال: "جاء الوزير."', "ثم ذهب."],
        ["قال: «جاء؟».", "ثم ذهب."],
        ["بلغت 3.5 في المئة (تقريبا.)", "وارتفعت"],
        ["التقى د. محمد بن علي م. سعيد اليوم.", "ثم عاد"],
        ["على غير المتوقع.. بوتين يتلقى صدمة"],
        ["قال... ثم سكت"],
        ["1. البند الأول", "2. البند الثاني"],
        ["في عام 2023.", "وبعده"],
        ["زار J. K. Rowling و Dr. Smith اليوم."],
        ["عبر موقع 24.ae وغيره"],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    text = " ".join(sentences) if "1. " not in sentences[0] else "\n".join(sentences)
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


def test_a_full_stop_glued_between_words_ends_a_sentence() -> None:
    text = "في البنية التحتية.وأضاف الوزير"
    assert [text[a:b] for a, b in split_sentences(text)] == ["في البنية التحتية.", "وأضاف الوزير"]


def test_lines_end_sentences_and_blanks_belong_to_none() -> None:
    text = "\ufeffعنوان \r\n\r\n\u200f  فقرة أولى \x85 هنا\u200f\rثانية\n \t\n"
    assert [text[a:b] for a, b in split_sentences(text)] == ["عنوان", "فقرة أولى \x85 هنا", "ثانية"]
    assert split_paragraphs(text) == split_sentences(text)


@given(st.one_of(st.text(), st.text(st.sampled_from('ابت .!؟؟"»)\n\r\u200f1Aد'))))
def test_sentences_cover_everything_that_is_not_blank(text: str) -> None:
    previous = 0
    rest = ""
    for start, end in split_sentences(text):
        assert previous <= start < end
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        rest += text[previous:start]
        previous = end
    rest += text[previous:]
    assert not any(c.isalnum() for c in rest)
    inside = {i for a, b in split_sentences(text) for i in range(a, b)}
    assert inside <= {i for a, b in split_paragraphs(text) for i in range(a, b)}


@pytest.mark.parametrize("hard", [".", '."', ". ", " ", "\u200f", "د.", "1. ", "A.", "كلمه.كلمه", "؟!"])
def test_time_grows_with_length_only(hard: str) -> None:
    text = hard * (300_000 // len(hard))
    started = time.process_time()
    split_sentences(text)
    assert time.process_time() - started < 10  # seconds; a quadratic pattern takes minutes


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared gold is not beside this checkout")
def test_the_gold_sentences() -> None:
    hits = made = wanted = 0
    for path in sorted(GOLD.glob("0*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        page = (GOLD.parent / "seeds" / gold["file"]).read_bytes().decode("utf-8")
        right = {(s["start"], s["end"]) for s in gold["sentences"]}
        mine = {
            (segment["start"] + a, segment["start"] + b)
            for segment in gold["segments"]
            if segment["kind"] in ("title", "main_article", "related_article")
            for a, b in split_sentences(page[segment["start"] : segment["end"]])
        }
        hits, made, wanted = hits + len(right & mine), made + len(mine), wanted + len(right)
    assert 2 * hits / (made + wanted) >= 0.98
