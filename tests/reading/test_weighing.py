"""The weighing of lines: what holds of it on any page, and that it may take from a text what no rule knows."""

from __future__ import annotations

import numpy as np
import pytest

from rasd.reading.assembly import assemble
from rasd.reading.model import Hints
from rasd.reading.reader import marked_lines
from rasd.reading.revising import revise
from rasd.reading.weighing import STATES, describe, feature_name, load_weights, weigh

_TITLE = "الجسر الجديد يفتح أبوابه للمارة في المدينة القديمة"
_TEXT = (
    "أعلنت وزارة النقل، اليوم الأحد، فتح الجسر الجديد أمام حركة المرور بعد عامين من أعمال الصيانة التي جرت في المدينة.",
    "وقال مدير المشروع سالم الحداد إن الجسر يربط بين ضفتي النهر ويخفف الازدحام في ساعات الذروة الصباحية والمسائية.",
    "وأضاف أن العمال أتموا طلاء الأعمدة وتركيب الإنارة قبل الموعد بأسبوعين، وأن الكلفة بلغت ستة ملايين دينار.",
)


@pytest.mark.parametrize("text", ["كلمة", _TITLE, "\n".join((_TITLE, *_TEXT)), "\n".join((_TITLE, *_TEXT) * 400)])
def test_chances_sum_to_one(text: str) -> None:
    lines, _ = marked_lines(text)
    likely = weigh(lines)
    assert likely.shape == (len(lines), len(STATES))
    assert np.isfinite(likely).all()
    assert np.allclose(likely.sum(axis=1), 1)


def test_a_page_without_a_line_has_no_chances() -> None:
    assert weigh([]).shape == (0, len(STATES))


def test_every_feature_has_a_name_and_its_weights() -> None:
    weights = load_weights()
    lines, _ = marked_lines("\n".join((_TITLE, *_TEXT)))
    features = describe(lines).features
    assert features.min() >= 0
    assert features.max() < len(weights.features) - len(weights.words)
    names = {feature_name(int(n)) for n in features.ravel() if n}
    assert {"goes_on: yes", "reports: yes", "first lines: 0", "last lines: 0"} <= names


def test_a_text_in_plain_form_is_sure() -> None:
    lines, _ = marked_lines(
        "\n".join((_TITLE, "نشر في: 4 مارس 2024", *_TEXT, "اقرأ أيضاً", "انقطاع المياه عن ثلاثة أحياء"))
    )
    likely = weigh(lines)
    states = [STATES[n] for n in likely.argmax(axis=1)]
    assert states == ["title", "metadata", "body", "body", "body", "navigation", "navigation"]


def test_what_is_surely_no_text_leaves_the_article_and_says_why() -> None:
    lines, _ = marked_lines("\n".join((_TITLE, *_TEXT)))
    likely = weigh(lines)
    drafts = assemble(lines, Hints())
    assert drafts[0].body == [1, 2, 3]
    likely[3] = 0
    likely[3, STATES.index("navigation")] = 1
    revise(lines, drafts, likely)
    assert drafts[0].body == [1, 2]
    assert (lines[3].kind, lines[3].rule) == ("navigation", "weighed: navigation")


def test_a_text_is_never_taken_away_whole() -> None:
    lines, _ = marked_lines("\n".join((_TITLE, *_TEXT)))
    likely = np.zeros((len(lines), len(STATES)))
    likely[:, STATES.index("boilerplate")] = 1
    drafts = assemble(lines, Hints())
    revise(lines, drafts, likely)
    assert drafts[0].body == [1, 2, 3]
    assert drafts[0].doubts
