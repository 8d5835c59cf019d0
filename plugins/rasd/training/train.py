"""From corpora, names and raw text to the recogniser's model: every step in order, every choice seeded."""

from __future__ import annotations

import hashlib
import json
import logging
import pickle
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch

from rasd.annotating.features import CLITICS, Lexicon
from rasd.annotating.model import LABELS
from rasd.annotating.neural import NeuralRecogniser
from rasd.arabic.tokens import tokenize
from rasd.training.corpora import RAW, Sentence, raw_paragraphs, read_gold, split_dev
from rasd.training.export import onnx_graph, write_model
from rasd.training.fitting import Encoder, Ensemble, Example, examples, fit
from rasd.training.gazetteers import LISTS, collect
from rasd.training.net import Shape, Tagger
from rasd.training.score import Score, evaluate, spans
from rasd.training.vectors import fold_paragraphs, quantise, train_vectors

log = logging.getLogger(__name__)

MODEL_NAME = "rasd-news"

# The letters that the net tells apart, after folding; any other is "another letter".
LETTERS = "ءابتثجحخدذرزسشصضطظعغفقكلمنهويپگچڤژ0abcdefghijklmnopqrstuvwxyz.,-\"()'%:/"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is trained, and for how long. The defaults are what the model in the package was made with.

    Attributes:
        gold: sentences of the corpus to fit on at most.
        raw: files of raw text for vectors and silver.
        paragraphs: read so many paragraphs of raw text at most.
        vector: dimensions of the word vectors.
        neighbours: words counted as neighbours.
        kept: words with a vector.
        teachers: nets trained on gold alone; 0 trains the model itself on gold alone.
        teacher_hidden: LSTM units of each, each way.
        teacher_epochs: passes of each over the gold.
        silver: sentences of raw text that the teachers label.
        paths: label paths drawn for each of them.
        silver_weight: of a silver sentence, a gold one having 1.
        gold_copies: how often the gold stands in the model's pool.
        hidden: LSTM units of the model, each way.
        epochs: passes of the model over its pool.
        batch: sentences of a step when fitting the model.
    """

    gold: int = 1_000_000
    raw: tuple[str, ...] = RAW
    paragraphs: int = 1_000_000
    vector: int = 100
    neighbours: int = 20_000
    kept: int = 110_000
    teachers: int = 6
    teacher_hidden: int = 160
    teacher_epochs: int = 14
    silver: int = 48_000
    paths: int = 4
    silver_weight: float = 0.5
    gold_copies: int = 2
    hidden: int = 256
    epochs: int = 6
    batch: int = 64

    def of_material(self, seed: int) -> tuple[object, ...]:
        """Return all that the vectors and lists depend on."""
        return (seed, self.gold, self.raw, self.paragraphs, self.vector, self.neighbours, self.kept)

    def of_teachers(self, seed: int) -> tuple[object, ...]:
        """Return all that a teacher depends on, its own seed apart."""
        return (*self.of_material(seed), self.teacher_hidden, self.teacher_epochs)

    def of_silver(self, seed: int) -> tuple[object, ...]:
        """Return all that the silver depends on."""
        return (*self.of_teachers(seed), self.teachers, self.silver, self.paths)


FULL = Recipe()
# A model in about a minute, for tests and for trying a change: poor, but the same way from end to end.
TINY = Recipe(
    gold=1_600,
    raw=("antcorpus.xml.txt.xz",),
    paragraphs=3_000,
    vector=24,
    neighbours=2_000,
    kept=8_000,
    teachers=1,
    teacher_hidden=32,
    teacher_epochs=3,
    silver=200,
    paths=2,
    gold_copies=1,
    hidden=32,
    epochs=4,
    batch=16,
)


@dataclass(frozen=True, slots=True)
class Material:
    """What every net is fitted on: the gold sentences, the lexicon and the vectors as the runtime will see them."""

    gold: list[Sentence]
    dev: list[Sentence]
    words: list[str]
    names: list[tuple[str, int]]
    quantised: Any
    scales: Any

    def encoder(self) -> Encoder:
        """Return what makes input tensors of sentences."""
        lexicon = Lexicon(self.words, self.names, len(LISTS), LETTERS)
        return Encoder(lexicon, self.quantised.astype(np.float32) * self.scales[:, None])


def gather(data: Path, recipe: Recipe, seed: int) -> Material:
    """Read the corpora, count the words, make the vectors and the name lists."""
    gold, dev = split_dev(read_gold(data / "anercorp" / "train.txt"))
    gold = gold[: recipe.gold]
    # The dev set's words count nowhere: to the vectors, as to the nets, it is text never seen.
    paragraphs = [" ".join(sentence.words) for sentence in gold]
    for paragraph in raw_paragraphs(data, recipe.raw):
        if len(paragraphs) - len(gold) >= recipe.paragraphs:
            break
        paragraphs.append(paragraph)
    distinct, counts, text = fold_paragraphs(paragraphs)
    del paragraphs
    log.info("%d words of text, %d distinct", len(text), len(distinct))
    words, vectors = train_vectors(
        distinct, counts, text, size=recipe.vector, neighbours=recipe.neighbours, kept=recipe.kept, seed=seed
    )
    # One row more, of zeros, for words without a vector.
    quantised, scales = quantise(np.concatenate([vectors, np.zeros((1, recipe.vector), dtype=np.float32)]))
    log.info("%d words have a vector", len(words))
    return Material(gold, dev, words, collect(data, counts), quantised, scales)


# Signs that end a sentence when silver is drawn.
_STOPS = frozenset(".!؟?")


def silver_sentences(data: Path, recipe: Recipe, seed: int) -> list[tuple[str, ...]]:
    """Draw sentences of 8 to 45 words from the raw text, at most three of one paragraph, in random order."""
    rng = random.Random(seed)
    drawn: list[tuple[str, ...]] = []
    for i, paragraph in enumerate(raw_paragraphs(data, recipe.raw)):
        if i >= recipe.paragraphs:
            break
        sentences: list[tuple[str, ...]] = []
        words: list[str] = []
        for token in tokenize(paragraph[:20_000]):
            words.append(token.text)
            if token.text in _STOPS:
                sentences.append(tuple(words))
                words = []
        sentences = [s for s in [*sentences, tuple(words)] if 8 <= len(s) <= 45]
        drawn += rng.sample(sentences, min(3, len(sentences)))
    drawn = list(dict.fromkeys(drawn))
    rng.shuffle(drawn)
    return drawn[: recipe.silver]


class Stages:
    """Finished stages of a training run, kept in a folder so that a run that was cut short goes on from them.

    Args:
        folder: where; None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def do(self, name: str, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """Return the stage's result: the one kept under this name and key, or that of `make`, which is then kept.

        The key is all that the stage depends on, the code apart: delete the folder after changing code.
        """
        digest = hashlib.sha256(repr(key).encode()).hexdigest()[:8]
        path = self.folder / f"{name}-{digest}.pickle" if self.folder else None
        if path and path.is_file():
            return pickle.loads(path.read_bytes())  # written by ourselves
        log.info("stage %s", name)
        result = make()
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(pickle.dumps(result))
            part.replace(path)
        return result


def fit_net(
    material: Material, pool: Sequence[Example], *, hidden: int, epochs: int, batch: int, seed: int, name: str
) -> Tagger:
    """Fit one net of the shape that the material calls for, and log its dev F1."""
    torch.manual_seed(seed)
    shape = Shape(
        vector=material.quantised.shape[1],
        lists=len(LISTS),
        letters=len(LETTERS) + 2,
        clitics=len(CLITICS),
        hidden=hidden,
    )
    net = Tagger(shape)
    encode = material.encoder()

    def report(epoch: int, loss: float) -> None:
        log.info("%s: epoch %d of %d, loss %.0f", name, epoch + 1, epochs, loss)

    fit(net, encode, pool, epochs=epochs, seed=seed, batch=batch, report=report)
    log.info("%s: dev F1 %.2f", name, _dev_f1(Ensemble([net], encode), material.dev))
    return net


def _dev_f1(ensemble: Ensemble, dev: Sequence[Sentence]) -> float:
    score = Score()
    for sentence, labels in zip(dev, ensemble.tag([s.words for s in dev]), strict=True):
        wanted, found = spans(sentence.labels), spans(labels)
        for counter, those in ((score.wanted, wanted), (score.found, found), (score.right, wanted & found)):
            counter.update(kind for kind, *_ in those)
    return score.measures()[2]


def _teacher(stages: Stages, material: Material, recipe: Recipe, seed: int) -> Tagger:
    make = partial(
        fit_net,
        material,
        examples(material.gold),
        hidden=recipe.teacher_hidden,
        epochs=recipe.teacher_epochs,
        batch=16,
        seed=seed,
        name=f"teacher {seed}",
    )
    net: Tagger = stages.do(f"teacher-{seed}", recipe.of_teachers(seed), make)
    return net


def _silver(data: Path, material: Material, recipe: Recipe, *, seed: int, stages: Stages, jobs: int) -> list[Example]:
    """Fit the teachers and let them label raw sentences; those in which they see no name are left out."""
    seeds = [100 * seed + i for i in range(recipe.teachers)]
    if jobs > 1:
        with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as processes:
            teachers = list(processes.map(partial(_teacher, stages, material, recipe), seeds))
    else:
        teachers = [_teacher(stages, material, recipe, one) for one in seeds]
    ensemble = Ensemble(teachers, material.encoder())
    log.info("%d teachers: dev F1 %.2f", len(teachers), _dev_f1(ensemble, material.dev))
    found = ensemble.sample(silver_sentences(data, recipe, seed), recipe.paths, seed)
    return [e for e in found if any(bool(path.any()) for path in e.paths)]


def calibrate(ensemble: Ensemble, dev: Sequence[Sentence]) -> tuple[float, float]:
    """Fit slope and offset of the log odds so that a mention's confidence is how often such a mention is right.

    Platt scaling (Platt 1999) by Newton's method on the mentions that the ensemble finds in the dev set.
    """
    odds, right = [], []
    for sentence in dev:
        emissions, lengths = ensemble.emissions([sentence.words])
        labels, probability, _ = ensemble.crf.decode(emissions, lengths)
        gold = spans(sentence.labels)
        for span in sorted(spans([LABELS[label] for label in labels[0]])):
            p = float(probability[0, span[1]])
            odds.append([np.log(p / (1 - p)), 1.0])
            right.append(span in gold)
    x, y = np.array(odds).reshape(-1, 2), np.array(right, dtype=float)
    at = np.array([1.0, 0.0])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ at))
        at = at - np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + 1e-3 * np.eye(2), x.T @ (p - y) + 1e-3 * at)
    return float(at[0]), float(at[1])


def train(
    data: Path, out: Path, *, recipe: Recipe = FULL, seed: int = 1, work: Path | None = None, jobs: int = 1
) -> dict[str, Any]:
    """Train a model and write its folder.

    Args:
        data: the folder with `anercorp/`, `names/` and `raw/`.
        out: the model folder to write.
        recipe: what to train.
        seed: of everything random. The same seed, data and library versions on one machine give the same model.
        work: a folder for finished stages; a run that was cut short goes on from them. None keeps nothing.
        jobs: teachers fitted at once, each in a process of one thread.

    Returns:
        Figures on the dev set, as written to `figures.json` beside the model.

    Raises:
        SettingError: if the data is not there.
    """
    stages = Stages(work)
    # Sums in another order are other sums; and teachers share the cores among them.
    torch.set_num_threads(1)
    material: Material = stages.do("material", recipe.of_material(seed), lambda: gather(data, recipe, seed))
    pool = examples(material.gold)
    if recipe.teachers:
        silver: list[Example] = stages.do(
            "silver",
            recipe.of_silver(seed),
            lambda: _silver(data, material, recipe, seed=seed, stages=stages, jobs=jobs),
        )
        log.info("%d silver sentences, %d words", len(silver), sum(len(e.words) for e in silver))
        pool = pool * recipe.gold_copies + [replace(e, weight=recipe.silver_weight) for e in silver]
    net = stages.do(
        "net",
        (recipe, seed),
        lambda: fit_net(
            material, pool, hidden=recipe.hidden, epochs=recipe.epochs, batch=recipe.batch, seed=seed, name="net"
        ),
    )
    ensemble = Ensemble([net], material.encoder())
    calibration = calibrate(ensemble, material.dev)
    digest = hashlib.sha256(onnx_graph(net) + material.quantised.tobytes()).hexdigest()[:8]
    write_model(
        out,
        net,
        model=MODEL_NAME,
        version=f"1-{digest}",
        words=material.words,
        vectors=material.quantised,
        scales=material.scales,
        names=material.names,
        lists=LISTS,
        letters=LETTERS,
        calibration=calibration,
    )
    figures = evaluate(NeuralRecogniser.load(out), material.dev)
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures
