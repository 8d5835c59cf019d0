"""The way from corpora to a model, on a small scale."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch (install rasd[train])")
pytest.importorskip("scipy", reason="training needs scipy (install rasd[train])")
pytest.importorskip("onnx", reason="training needs onnx (install rasd[train])")

import torch

from rasd.annotating.features import CLITICS, Lexicon
from rasd.annotating.model import LABELS, Tag
from rasd.annotating.neural import NeuralRecogniser
from rasd.errors import SettingError
from rasd.training.corpora import Sentence, read_gold, split_dev
from rasd.training.export import write_model
from rasd.training.fitting import Encoder, Ensemble, Example, examples, fit
from rasd.training.net import Crf, Shape, Tagger
from rasd.training.score import evaluate, spans
from rasd.training.train import LETTERS, TINY, Stages, calibrate, train
from rasd.training.vectors import fold_paragraphs, quantise, train_vectors

DATA = Path(__file__).resolve().parents[3] / "shared" / "ner"
# As `train` does: on nets this small a second thread only waits, and on a busy machine for minutes.
torch.set_num_threads(1)

# Sentences of our own, with names in fixed places: enough to see that fitting, export and decoding agree.
_PEOPLE = ("سمير حداد", "ليلى منصور", "كريم ناصيف", "هدى بيضون")
_PLACES = ("بيروت", "عمان", "تونس", "الرباط")


def _toy() -> list[Sentence]:
    made = []
    for person, place in itertools.product(_PEOPLE, _PLACES):
        first, last = person.split()
        made.append(
            Sentence(
                ("وصل", first, last, "إلى", place, "أمس", "."),
                ("O", "B-PER", "I-PER", "O", "B-LOC", "O", "O"),
            )
        )
        made.append(Sentence(("عاد", "الوزير", "من", place), ("O", "O", "O", "B-LOC")))
    return made


@pytest.fixture(scope="module")
def toy() -> tuple[Tagger, Encoder, list[Sentence]]:
    sentences = _toy()
    words, counts, text = fold_paragraphs([" ".join(s.words) for s in sentences] * 4)
    ranked, vectors = train_vectors(words, counts, text, size=8, neighbours=20, seed=0)
    table, scales = quantise(np.concatenate([vectors, np.zeros((1, 8), dtype=np.float32)]))
    lexicon = Lexicon(ranked, [("بيروت", 1), ("سمير حداد", 2)], 2, LETTERS)
    encode = Encoder(lexicon, table.astype(np.float32) * scales[:, None])
    torch.manual_seed(0)
    net = Tagger(
        Shape(vector=8, lists=2, letters=len(LETTERS) + 2, clitics=len(CLITICS), hidden=12, word=16, linear=12)
    )
    fit(net, encode, examples(sentences), epochs=60, seed=0, batch=4, rate=1e-2)
    return net, encode, sentences


def test_read_gold_takes_labels_to_our_words(tmp_path: Path) -> None:
    file = tmp_path / "train.txt"
    file.write_text("سمير B-PERS\nحداد I-PERS\nفي O\nبيروت I-LOC\n\nكأس B-MIS\n", encoding="utf-8")
    first, second = read_gold(file)
    assert first.labels == ("B-PER", "I-PER", "O", "B-LOC")
    assert second == Sentence(("كأس",), ("B-MISC",))


def test_read_gold_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    file = tmp_path / "train.txt"
    file.write_text("سمير B-PERS\nحداد X-PERS\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"train\.txt"):
        read_gold(file)
    with pytest.raises(SettingError, match="no such corpus"):
        read_gold(tmp_path / "none.txt")


def test_the_dev_set_is_the_end() -> None:
    sentences = [Sentence((str(i),), ("O",)) for i in range(20)]
    fitted, dev = split_dev(sentences)
    assert [s.words[0] for s in dev] == ["17", "18", "19"]
    assert len(fitted) == 17


class _Sure:
    """Tags every first word PER, with a confidence of .9."""

    engine = model = version = "sure"

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        return [[Tag("B-PER", 0.9), *[Tag("O")] * (len(s) - 1)] for s in sentences]


def test_scores_and_reliability() -> None:
    assert spans(["B-PER", "I-PER", "O", "B-LOC"]) == {("PER", 0, 2), ("LOC", 3, 4)}
    sentences = [Sentence(("سمير", "عاد"), ("B-PER", "O")), Sentence(("بيروت", "بعيدة"), ("B-LOC", "O"))]
    figures = evaluate(_Sure(), sentences)
    assert figures["f1"]["PER"] == [50.0, 100.0, 66.67]
    assert figures["f1"]["all"] == [50.0, 50.0, 50.0]
    assert figures["reliability"] == [[0.9, 0.5, 2]]
    assert figures["calibration_error"] == 0.4


def test_vectors_tell_sides_apart_and_repeat() -> None:
    # قبل and بعد have the same neighbours, on opposite sides.
    paragraphs = ["ا قبل ب", "ج بعد د", "ب بعد ا", "د قبل ج", "ا أول ب", "ج أول د"] * 30
    words, counts, text = fold_paragraphs(paragraphs)
    assert (text == -1).sum() == 2 * len(paragraphs)
    ranked, once = train_vectors(words, counts, text, size=4, neighbours=10, seed=3)
    _, again = train_vectors(words, counts, text, size=4, neighbours=10, seed=3)
    assert np.array_equal(once, again)
    assert once.shape == (len(ranked), 4)
    assert not np.allclose(once[ranked.index("قبل")], once[ranked.index("بعد")], atol=0.1)


def test_quantised_vectors_are_close() -> None:
    vectors = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    table, scales = quantise(vectors)
    assert table.dtype == np.int8
    assert np.abs(table * scales[:, None] - vectors).max() <= np.abs(vectors).max() / 127


def test_crf_loss_is_the_likelihood_of_the_path() -> None:
    torch.manual_seed(1)
    crf = Crf()
    torch.nn.init.normal_(crf.transitions)
    emissions, n = torch.randn(1, 3, len(LABELS)), len(LABELS)
    scores = crf.scores()
    every = {
        path: (emissions[0, range(3), path].sum() + scores[0, path[0]] + scores[path[:2], path[1:]].sum()).item()
        for path in itertools.product(range(n), repeat=3)
    }
    total = torch.logsumexp(torch.tensor(list(every.values())), 0)
    loss = crf.loss(emissions, torch.tensor([[1, 2, 0]]), torch.ones(1, 3, dtype=torch.bool))
    assert loss.item() == pytest.approx(total.item() - every[1, 2, 0], abs=1e-4)


def test_a_net_learns_and_the_exported_one_gives_the_same_scores(
    toy: tuple[Tagger, Encoder, list[Sentence]], tmp_path: Path
) -> None:
    net, encode, sentences = toy
    ensemble = Ensemble([net], encode)
    assert ensemble.tag([s.words for s in sentences]) == [list(s.labels) for s in sentences]
    vectors = encode.vectors.numpy()
    table, scales = quantise(vectors)
    lexicon = encode.lexicon
    write_model(
        tmp_path / "model",
        net,
        model="toy",
        version="1",
        words=list(lexicon.rows),
        vectors=table,
        scales=scales,
        names=[("بيروت", 1), ("سمير حداد", 2)],
        lists=("a", "b"),
        letters=LETTERS,
        calibration=calibrate(ensemble, sentences),
    )
    recogniser = NeuralRecogniser.load(tmp_path / "model")
    words = [s.words for s in sentences]
    ours = recogniser.emissions(lexicon.batch(words))
    theirs, lengths = ensemble.emissions(words)
    real = np.arange(ours.shape[1]) < lengths[:, None]
    # Weights are stored in half precision.
    assert np.abs(ours - theirs)[real].max() < 0.05
    assert [[tag.label for tag in row] for row in recogniser.tag(words)] == [list(s.labels) for s in sentences]
    assert recogniser.model == "toy"


def test_sampled_paths_are_legal_and_mostly_the_best(toy: tuple[Tagger, Encoder, list[Sentence]]) -> None:
    net, encode, sentences = toy
    drawn = Ensemble([net], encode).sample([s.words for s in sentences], 5, seed=2)
    assert [e.words for e in drawn] == [s.words for s in sentences]
    right = total = 0
    for example, sentence in zip(drawn, sentences, strict=True):
        for path in example.paths:
            labels = [LABELS[i] for i in path]
            assert all(b[0] != "I" or a[2:] == b[2:] for a, b in itertools.pairwise(["O", *labels]))
            right += sum(a == b for a, b in zip(labels, sentence.labels, strict=True))
            total += len(labels)
    assert right / total > 0.9


def test_fitting_twice_with_a_seed_gives_the_same_net() -> None:
    sentences = _toy()[:6]
    words, counts, text = fold_paragraphs([" ".join(s.words) for s in sentences] * 4)
    ranked, vectors = train_vectors(words, counts, text, size=4, neighbours=8, seed=0)
    lexicon = Lexicon(ranked, [], 1, LETTERS)
    encode = Encoder(lexicon, np.concatenate([vectors, np.zeros((1, 4), dtype=np.float32)]))
    weights = []
    for _ in range(2):
        torch.manual_seed(5)
        net = Tagger(
            Shape(vector=4, lists=1, letters=len(LETTERS) + 2, clitics=len(CLITICS), hidden=4, word=4, linear=4)
        )
        pool = [Example(e.words, e.paths * 2) for e in examples(sentences)]
        fit(net, encode, pool, epochs=2, seed=5, batch=2)
        weights.append({name: value.clone() for name, value in net.state_dict().items()})
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_stages_go_on_where_a_run_was_cut(tmp_path: Path) -> None:
    calls = Counter[str]()

    def make() -> str:
        calls["made"] += 1
        return "done"

    assert Stages(tmp_path).do("net", (TINY, 1), make) == "done"
    assert Stages(tmp_path).do("net", (TINY, 1), make) == "done"
    assert Stages(tmp_path).do("net", (TINY, 2), make) == "done"
    assert calls["made"] == 2


@pytest.mark.skipif(not DATA.is_dir(), reason="the corpora (../shared/ner) are not here")
def test_a_tiny_model_from_the_corpora(tmp_path: Path) -> None:
    figures = train(DATA, tmp_path / "model", recipe=TINY, seed=1)
    # A model that learned nothing has 0.
    assert figures["f1"]["all"][2] > 20
    found = NeuralRecogniser.load(tmp_path / "model").tag([("سافر", "إلى", "مصر", ".")])
    assert [tag.label for tag in found[0]][2] == "B-LOC"
