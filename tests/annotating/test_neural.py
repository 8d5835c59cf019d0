"""The default recogniser: the model in the package, and the decoding of its scores."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rasd.annotating.model import LABELS, Tag, chunks
from rasd.annotating.neural import MODEL, Crf, NeuralRecogniser
from rasd.errors import SettingError

# Of our own making; words as the recogniser takes them: clitics attached, signs apart.
_TEXTS = [
    "التقى الرئيس المصري عبد الفتاح السيسي نظيره الفرنسي إيمانويل ماكرون في باريس يوم الثلاثاء .",
    "وقالت وزارة الخارجية الأمريكية إن واشنطن تتابع الوضع في بغداد .",
    "فاز نادي برشلونة على ريال مدريد بهدفين .",
    "لم يحدث شيء .",
    "بيروت",
    "",
    "أعلن مجلس الأمن الدولي والأمم المتحدة عن اجتماع في جنيف حضره محمد البرادعي",
]
_SENTENCES = [text.split() for text in _TEXTS]


@pytest.fixture(scope="module")
def recogniser() -> NeuralRecogniser:
    return NeuralRecogniser.load()


def _every_path(scores: np.ndarray, transitions: np.ndarray) -> dict[tuple[int, ...], float]:
    paths = {}
    for path in itertools.product(range(len(LABELS)), repeat=len(scores)):
        score = sum(scores[t, label] + transitions[path[t - 1] if t else 0, label] for t, label in enumerate(path))
        if score > -1e3:
            paths[path] = float(np.exp(score))
    return paths


def _mentions(path: tuple[int, ...]) -> set[tuple[str, int, int]]:
    return {chunk[:3] for chunk in chunks([Tag(LABELS[label]) for label in path])}


def test_decoding_agrees_with_counting_every_path() -> None:
    rng = np.random.default_rng(4)
    transitions = rng.normal(size=(9, 9))
    for (i, before), (j, after) in itertools.product(enumerate(LABELS), repeat=2):
        if after[0] == "I" and before[2:] != after[2:]:
            transitions[i, j] = -1e4
    lengths = np.array([3, 4, 1, 2, 4], dtype=np.int32)
    emissions = 1.5 * rng.normal(size=(5, 4, 9)) + 100  # a shift of all labels changes nothing
    labels, probability, inside = Crf(transitions).decode(emissions, lengths)
    for row, length in enumerate(lengths):
        paths = _every_path(emissions[row, :length] - 100, transitions)
        best = max(paths, key=paths.__getitem__)
        total = sum(paths.values())
        assert tuple(labels[row, :length]) == best
        assert not labels[row, length:].any()
        assert inside[row, :length].tolist() == [label > 0 for label in best]
        for kind, start, end in _mentions(best):
            exact = sum(weight for path, weight in paths.items() if (kind, start, end) in _mentions(path)) / total
            assert probability[row, start:end] == pytest.approx([exact] * (end - start))
        for t, label in enumerate(best):
            if label == 0:
                outside = sum(weight for path, weight in paths.items() if path[t] == 0) / total
                assert probability[row, t] == pytest.approx(outside)


def test_it_names_people_places_and_organisations(recogniser: NeuralRecogniser) -> None:
    found = [
        {(" ".join(words[c.start : c.end]), c.type) for c in chunks(tags)}
        for words, tags in zip(_SENTENCES, recogniser.tag(_SENTENCES), strict=True)
    ]
    assert {("عبد الفتاح السيسي", "PER"), ("إيمانويل ماكرون", "PER"), ("باريس", "LOC")} <= found[0]
    assert {("واشنطن", "LOC"), ("بغداد", "LOC")} <= found[1]
    assert found[3] == found[5] == set()
    assert ("محمد البرادعي", "PER") in found[6]
    assert ("جنيف", "LOC") in found[6]


def test_tags_are_legal_and_confidences_belong_to_mentions(recogniser: NeuralRecogniser) -> None:
    for words, tags in zip(_SENTENCES, recogniser.tag(_SENTENCES), strict=True):
        assert len(tags) == len(words)
        assert all(isinstance(tag, Tag) and 0 <= tag.confidence <= 1 for tag in tags)
        labels = ["O", *(tag.label for tag in tags)]
        assert all(b[0] != "I" or a[2:] == b[2:] for a, b in itertools.pairwise(labels))
        for chunk in chunks(tags):
            assert len({tag.confidence for tag in tags[chunk.start : chunk.end]}) == 1


def test_neither_batch_nor_order_changes_a_tag(recogniser: NeuralRecogniser) -> None:
    alone = [recogniser.tag([sentence])[0] for sentence in _SENTENCES]
    assert recogniser.tag(_SENTENCES) == alone
    assert recogniser.tag(_SENTENCES[::-1]) == alone[::-1]
    rng = np.random.default_rng(0)
    vocabulary = [word for sentence in _SENTENCES for word in sentence] + ["كتاب", "ولندن", "2025", "xyz", "زرقفخ"]
    many = [[str(w) for w in rng.choice(vocabulary, size=int(n))] for n in rng.integers(1, 60, size=400)]
    together = recogniser.tag(many + _SENTENCES)
    assert together[len(many) :] == alone
    assert [recogniser.tag([sentence])[0] for sentence in many[:60]] == together[:60]
    order = rng.permutation(len(many))
    assert recogniser.tag([many[i] for i in order]) == [together[i] for i in order]


def test_a_text_without_stops_is_tagged_whole(recogniser: NeuralRecogniser) -> None:
    endless = _SENTENCES[0] * 200
    tags = recogniser.tag([endless])[0]
    assert len(tags) == len(endless)
    assert sum(tag.label == "B-LOC" for tag in tags) >= 190
    assert recogniser.tag([]) == []


def test_odd_words_do_no_harm(recogniser: NeuralRecogniser) -> None:
    odd = ["", "\u200b", "😀", "a" * 5000, "\ud800", "لل", "ﷺ", "\x00"]
    assert len(recogniser.tag([odd])[0]) == len(odd)


def test_it_is_stamped(recogniser: NeuralRecogniser) -> None:
    config = json.loads((MODEL / "config.json").read_text(encoding="utf-8"))
    assert (recogniser.engine, recogniser.model, recogniser.version) == ("rasd", config["model"], config["version"])


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"has no config\.json"):
        NeuralRecogniser.load(tmp_path)
    shutil.copytree(MODEL, tmp_path / "model")
    config = json.loads((MODEL / "config.json").read_text(encoding="utf-8"))
    (tmp_path / "model" / "config.json").write_text(json.dumps(config | {"labels": ["O"]}), encoding="utf-8")
    with pytest.raises(SettingError, match="other labels"):
        NeuralRecogniser.load(tmp_path / "model")


def test_the_model_folder_stays_small_and_documented() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 30_000_000
    card = (MODEL / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "CC BY-SA" in card
    assert "ANERcorp" in card


def test_running_needs_neither_torch_nor_training() -> None:
    code = (
        "import sys; from rasd.annotating.neural import NeuralRecogniser as R; assert 'onnxruntime' not in sys.modules;"
        "R.load().tag([['بيروت']]);"
        "print(sorted({'torch', 'scipy', 'onnx', 'rasd.training'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_it_tells_nobody_that_it_is_used(tmp_path: Path) -> None:
    """ONNX Runtime keeps an id of the machine and a queue of events in the home folder when it reports to its maker."""
    load = "from rasd.annotating.neural import NeuralRecogniser; NeuralRecogniser.load().tag([['بيروت']])"
    environment = {k: v for k, v in os.environ.items() if k not in ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")}
    subprocess.run([sys.executable, "-c", load], env={**environment, "HOME": str(tmp_path)}, check=True)
    assert list(tmp_path.rglob("*")) == []
