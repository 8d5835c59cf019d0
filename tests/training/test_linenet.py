"""The net over lines: fitting it, and that numpy reads what torch fitted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (install rasd[train])")

import torch

from rasd.reading.describing import Described, describe
from rasd.reading.reader import marked_lines
from rasd.reading.weighing import (
    PLACED,
    STATES,
    chances,
    may_follow,
    part_rows,
    read_weights,
    score,
    weighed,
    word_rows,
)
from rasd.training.linenet import Example, LineNet, Recipe, Stage, collate, fit
from rasd.training.lines import INTERRUPTED, Page, beside, less_interrupted, states_of, vocabulary, write

_PAGE = (
    "الرئيسية | سياسة | اقتصاد\nالجسر الجديد يفتح أبوابه للمارة\n3 مايو 2024\n"
    "أعلنت وزارة النقل، اليوم الأحد، فتح الجسر الجديد أمام حركة المرور بعد عامين من أعمال الصيانة في المدينة.\n"
    "الكلفة\nوقال مدير المشروع إن الجسر يربط بين ضفتي النهر ويخفف الازدحام في ساعات الذروة.\nاقرأ أيضاً\n"
    "انقطاع المياه عن ثلاثة أحياء\n"
)
_KINDS = (
    ("navigation", "menu"), ("title", "headline"), ("metadata", "published_date"), ("main_article", "body"),
    ("main_article", "subheading"), ("main_article", "body"), ("related_marker", "marker"), ("navigation", "related"),
)  # fmt: skip


def _stage(epochs: int) -> Stage:
    return Stage(epochs, copies=1, others=1.0, rate=3e-3, rising=0.1, last=0.0, averaged=0.3)


def _page() -> Page:
    lines, _ = marked_lines(_PAGE)
    segments = [(line.start, line.end, *kind) for line, kind in zip(lines, _KINDS, strict=True)]
    return Page("toy", "page", describe(lines), states_of(_PAGE, segments, lines))


def _example(page: Page, words: list[str]) -> Example:
    known = {word: n for n, word in enumerate(words, 1)}
    rows = word_rows(page.described.words, known)
    parts = list(map(part_rows, page.described.words))
    return Example(page.described.signs, page.described.degrees, rows, parts, page.states, 1.0)


def _words(page: Page) -> list[str]:
    return sorted({word for both in page.described.words for words in both for word in words})


def test_states_say_where_a_line_stands() -> None:
    assert [PLACED[n] for n in _page().states] == [
        "navigation, above", "title, above", "metadata, above", "body", "heading", "body", "navigation, below",
        "navigation, below",
    ]  # fmt: skip


def test_numpy_scores_as_torch_does() -> None:
    page = _page()
    words = _words(page)
    torch.manual_seed(0)
    net = LineNet(len(words), Recipe(width=16)).eval()
    example = _example(page, words)
    short = Example(*(getattr(example, name)[:3] for name in ("signs", "degrees", "rows", "parts", "states")), 1.0)
    with torch.no_grad():
        scores = net(collate([example, short])).numpy()
    weights = net.export(words)
    assert np.allclose(score(page.described, weights), scores[0], atol=1e-4)
    assert np.allclose(score(Described(*(part[:3] for part in page.described)), weights), scores[1, :3], atol=1e-4)


def test_nets_side_by_side_score_what_they_score_on_average() -> None:
    page = _page()
    words = _words(page)
    nets = []
    for seed in (0, 1, 2):
        torch.manual_seed(seed)
        net = LineNet(len(words), Recipe(width=8)).eval()
        torch.nn.init.normal_(net.follows)
        nets.append(net.export(words))
    every = beside(nets)
    average = np.mean([score(page.described, net) for net in nets], axis=0)
    assert np.allclose(score(page.described, every), average, atol=1e-4)
    assert np.allclose(every.follows, np.mean([net.follows for net in nets], axis=0), rtol=1e-3)


def test_a_text_is_interrupted_less_than_where_it_was_learned() -> None:
    words = _words(_page())
    net = LineNet(len(words), Recipe(width=4)).export(words)
    moved = net.follows - less_interrupted(net).follows
    body, heading, advertisement = (PLACED.index(one) for one in ("body", "heading", "boilerplate, inside"))
    assert moved[body, advertisement] == moved[heading, advertisement] == pytest.approx(INTERRUPTED)
    assert not moved[advertisement].any()
    assert not moved[:, body].any()


def test_the_loss_is_that_of_all_paths() -> None:
    torch.manual_seed(0)
    net = LineNet(1, Recipe(width=4))
    scores = torch.randn(1, 3, len(PLACED))
    states = torch.tensor([[PLACED.index(one) for one in ("title, above", "body", "navigation, below")]])
    found = float(net.loss(scores, states, torch.ones(1, 3))[0].detach())
    follows, begins = (net.follows + net.never_follows).detach(), (net.begins + net.never_begins).detach()
    a, b, c = scores[0]
    every = torch.logsumexp(
        ((begins + a)[:, None, None] + follows[:, :, None] + (b[:, None] + follows)[None] + c).flatten(), 0
    )
    x, y, z = states[0].tolist()
    own = begins[x] + a[x] + follows[x, y] + b[y] + follows[y, z] + c[z]
    assert found == pytest.approx(float(every - own), abs=1e-3)


def test_a_net_learns_a_page_and_is_read_again(tmp_path: Path) -> None:
    page = _page()
    words = _words(page)
    examples = [_example(page, words)] * 8
    recipe = Recipe(width=16, stages=(_stage(60),), batch=8, drop=0, drop_words=0, drop_signs=0)
    weights = fit(examples, len(words), recipe, seed=1).export(words)
    again = fit(examples, len(words), recipe, seed=1).export(words)
    assert all(np.array_equal(a, b) for a, b in zip(weights[1:], again[1:], strict=True))
    assert [STATES[n] for n in weighed(page.described, weights).argmax(axis=1)] == [
        "navigation", "title", "metadata", "body", "heading", "body", "navigation", "navigation",
    ]  # fmt: skip
    write(weights, tmp_path / "weights.npz")
    read = read_weights(tmp_path / "weights.npz")
    assert read.words == weights.words
    assert np.allclose(weighed(page.described, read), weighed(page.described, weights), atol=0.02)


def test_chances_give_nothing_to_what_may_not_be() -> None:
    page = _page()
    words = _words(page)
    example = _example(page, words)
    weights = fit([example], len(words), Recipe(width=4, stages=(_stage(1),)), seed=1).export(words)
    scores = score(page.described, weights).astype(np.float64)
    likely = chances(scores, weights)
    assert np.allclose(likely.sum(axis=1), 1)
    below = [n for n, one in enumerate(PLACED) if one.endswith("below")]
    inside = [n for n, one in enumerate(PLACED) if one.endswith("inside")]
    assert np.allclose(likely[0, [*below, *inside]], 0)
    assert not may_follow()[np.ix_(below, inside)].any()


def test_the_words_on_most_pages_are_known() -> None:
    page = _page()
    assert vocabulary([page] * 4) == []
    assert "المياه" in vocabulary([page] * 5)
    assert "0" in vocabulary([page] * 5)
