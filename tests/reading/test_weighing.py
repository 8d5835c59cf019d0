"""The weighing of lines: what holds of it on any page, and that it may take from a text what no rule knows."""

from __future__ import annotations

import numpy as np
import pytest

from rasd.reading import weighing
from rasd.reading.assembly import assemble
from rasd.reading.describing import KNOWN_DEGREES, KNOWN_SIGNS, describe
from rasd.reading.model import Hints
from rasd.reading.reader import marked_lines
from rasd.reading.revising import revise
from rasd.reading.weighing import (
    PARTS,
    PLACED,
    STATES,
    TEXT,
    chances,
    load_weights,
    may_follow,
    part_rows,
    score,
    weigh,
    word_rows,
)

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


def test_lines_that_no_page_could_have_in_this_order_have_chances() -> None:
    scores = np.zeros((9000, len(PLACED)))
    scores[:4500, PLACED.index("boilerplate, below")] = 900
    scores[4500:, PLACED.index("boilerplate, above")] = 900
    likely = chances(scores, load_weights())
    assert np.allclose(likely.sum(axis=1), 1)


def test_a_page_without_a_line_has_no_chances() -> None:
    assert weigh([]).shape == (0, len(STATES))


def test_every_sign_and_word_has_its_weights() -> None:
    weights = load_weights()
    lines, _ = marked_lines("\n".join((_TITLE, *_TEXT)))
    described = describe(lines)
    assert described.signs.min() >= 0
    assert described.signs.max() < KNOWN_SIGNS == len(weights.signs)
    assert described.degrees.shape == (len(lines), KNOWN_DEGREES)
    assert np.isfinite(described.degrees).all()
    rows = word_rows(described.words, weights.words)
    assert rows.max() < len(weights.first) == len(weights.words) + 1
    assert rows.any(axis=1).all()
    assert len(weights.parts) == PARTS
    parts = list(map(part_rows, described.words))
    assert all(rows and min(rows) > 0 and max(rows) < PARTS for rows in parts)


def test_nets_side_by_side_are_multiplied_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    described = describe(marked_lines("\n".join((_TITLE, *_TEXT * 20)))[0])
    weights = load_weights()
    assert weighing._count_nets(weights) > 1
    apart = score(described, weights)
    monkeypatch.setattr(weighing, "_MOST_NETS", 1)
    assert np.allclose(apart, score(described, weights._replace()), atol=1e-3)


def test_words_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [describe(marked_lines(text)[0]) for text in ("\n".join((_TITLE, *_TEXT)), _TITLE, *_TEXT, "--- 12")]
    weights = load_weights()
    kept = [score(page, weights) for page in pages]
    monkeypatch.setattr(weighing, "_MOST_WORDS", 4)
    assert all(np.array_equal(score(page, weights), once) for page, once in zip(pages, kept, strict=True))


def test_words_of_one_form_share_their_parts() -> None:
    lines, _ = marked_lines("\n".join((_TITLE, "تابعونا", "تابعوه", "40", "75", "---")))
    title, ours, his, forty, seventy, rule = map(part_rows, describe(lines).words)
    assert len({*ours} & {*his}) == 1
    assert len({*ours} - {*his}) == 3
    assert forty == seventy
    assert len(forty) == 1
    assert not rule
    assert len(title) > len(ours)


def test_a_text_ends_once() -> None:
    follows = may_follow()
    reach = np.linalg.matrix_power(follows.astype(float), 4) > 0
    below = [n for n, one in enumerate(PLACED) if one.endswith("below")]
    text = [PLACED.index(one) for one in TEXT]
    assert reach[np.ix_(text, below)].any()
    assert not reach[np.ix_(below, text)].any()


def test_a_page_of_more_lines_than_are_seen_at_once_is_weighed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, _ = marked_lines("\n".join((_TITLE, *_TEXT * 5)))
    monkeypatch.setattr("rasd.reading.weighing._AT_ONCE", 4)
    likely = weigh(lines)
    assert likely.shape == (len(lines), len(STATES))
    assert np.allclose(likely.sum(axis=1), 1)


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
