"""The default recogniser: a BiLSTM-CRF trained for Rasd, run by ONNX Runtime on one core of a CPU.

A model is a folder, made by `rasd train` (see `MODEL_CARD.md` in it):

    config.json    name, version, letters, label order, transitions, calibration
    words.txt      the words that have a vector, most frequent first
    vectors.npz    their vectors, int8 with one scale per word
    names.txt      names and, as a bit mask, the lists that hold them
    net.onnx       from a batch of described words to label scores
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rasd.annotating.features import Batch, Lexicon
from rasd.annotating.model import LABELS, OUTSIDE, Tag
from rasd.errors import SettingError

MODEL = Path(__file__).with_name("model")

_FILES = ("config.json", "words.txt", "vectors.npz", "names.txt", "net.onnx")
# Sentences go through the net in batches of about so many words, padding included: enough to fill the vector
# units of a core; twice as many are no faster and take 35 MB more.
_BATCH_WORDS = 2048
# A longer "sentence" (a table, a page without stops) is tagged in pieces of this many words.
_LONGEST = 256

Floats = NDArray[np.float64]


class NeuralRecogniser:
    """Tags words with PER, LOC, ORG and MISC names; the tags of a sentence depend on that sentence alone.

    Attributes:
        engine: `rasd`.
        model: the model's name.
        version: the model's version; another version may tag otherwise.
    """

    engine = "rasd"

    def __init__(self, config: dict[str, Any], lexicon: Lexicon, vectors: Any, scales: Any, session: Any) -> None:
        self.model: str = config["model"]
        self.version: str = config["version"]
        self._crf = Crf(np.array(config["transitions"], dtype=np.float64))
        self._slope, self._offset = config["calibration"]
        self._lexicon, self._vectors, self._scales, self._session = lexicon, vectors, scales, session

    @classmethod
    def load(cls, path: str | Path | None = None) -> NeuralRecogniser:
        """Load a model folder, by default the one in the package.

        Raises:
            SettingError: if a file of the model is missing or belongs to another layout.
        """
        # From 1.29 on it reports to its maker unless told not to, before it is imported.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime  # type: ignore[import-untyped]

        folder = Path(path) if path is not None else MODEL
        for name in _FILES:
            if not (folder / name).is_file():
                raise SettingError(
                    f"the recogniser's model has no {name}",
                    where=str(folder),
                    do="Point the setting at a folder made by `rasd train`, or unset it for the model in the package.",
                )
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if config["labels"] != list(LABELS):
            raise SettingError("the model was made for other labels", where=str(folder), do="Train it again.")
        words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
        names = [
            (name, int(mask, 16))
            for name, _, mask in (
                line.partition("\t") for line in (folder / "names.txt").read_text(encoding="utf-8").splitlines()
            )
        ]
        with np.load(folder / "vectors.npz") as table:
            vectors, scales = table["vectors"], table["scales"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(folder / "net.onnx"), sess_options=options, providers=["CPUExecutionProvider"]
        )
        return cls(config, Lexicon(words, names, len(config["lists"]), config["letters"]), vectors, scales, session)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """Return one tag per word. Words carry their clitics, signs stand apart; an empty sentence is allowed.

        All tags of a mention have its confidence: how often mentions like it are right in type and both ends
        (calibrated on the dev set). Tags outside mentions have the model's own probability of O.
        """
        pieces = [(i, at) for i, sentence in enumerate(sentences) for at in range(0, len(sentence), _LONGEST)]
        tags: list[list[Tag]] = [[OUTSIDE] * len(sentence) for sentence in sentences]
        pieces.sort(key=lambda piece: min(len(sentences[piece[0]]) - piece[1], _LONGEST))
        start = 0
        while start < len(pieces):
            # Shortest first: the last of a batch is its longest and decides the padding.
            end = start + 1
            while end < len(pieces):
                i, at = pieces[end]
                if (end + 1 - start) * min(len(sentences[i]) - at, _LONGEST) > _BATCH_WORDS:
                    break
                end += 1
            batch = [list(sentences[i][at : at + _LONGEST]) for i, at in pieces[start:end]]
            for (i, at), found in zip(pieces[start:end], self._tag_batch(batch), strict=True):
                tags[i][at : at + len(found)] = found
            start = end
        return tags

    def emissions(self, batch: Batch) -> Floats:
        """Return the net's score of every label at every word, (N, T, 9); padding holds whatever it holds."""
        vector = self._vectors[batch.word] * self._scales[batch.word, None]
        stem = self._vectors[batch.stem] * self._scales[batch.stem, None]
        scores = self._session.run(
            None,
            {
                "word": vector,
                "stem": stem,
                "clitic": batch.clitic,
                "chars": batch.chars,
                "lists": batch.lists,
                "index": batch.index,
                "phrases": batch.phrases,
                "lengths": batch.lengths,
            },
        )[0]
        return np.asarray(scores, dtype=np.float64)

    def _tag_batch(self, sentences: list[list[str]]) -> list[list[Tag]]:
        batch = self._lexicon.batch(sentences)
        labels, probability, inside = self._crf.decode(self.emissions(batch), batch.lengths)
        logit = np.log(probability) - np.log1p(-probability)
        calibrated = 1 / (1 + np.exp(-(self._slope * logit + self._offset)))
        confidence = np.where(inside, calibrated, probability).round(4).tolist()
        return [
            [Tag(LABELS[label], c) for label, c in zip(row[:length], certain, strict=False)]
            for row, certain, length in zip(labels.tolist(), confidence, batch.lengths.tolist(), strict=True)
        ]


class Crf:
    """Decoding of a linear-chain CRF for many sentences at once (Lafferty et al. 2001).

    Args:
        transitions: score of label j after label i, (9, 9), in the order of `LABELS`; a sentence starts as if after O.
    """

    def __init__(self, transitions: Floats) -> None:
        self._into = np.ascontiguousarray(transitions.T)  # [j, i]
        self._factor = np.exp(transitions)

    def decode(self, emissions: Floats, lengths: NDArray[np.int32]) -> tuple[NDArray[np.intp], Floats, Any]:
        """Return the best labels, their probabilities and which words are inside mentions, each (N, T).

        The probability of an O is its marginal; that of every word of a mention is the probability that exactly
        this mention stands here: this type, this first word and this last one, whatever the rest of the sentence.
        Columns past a sentence's end hold O.

        Args:
            emissions: (N, T, 9).
            lengths: words of each sentence, (N,), each at least 1.
        """
        real, shifted = _shift(emissions, lengths)
        labels = self._best_paths(shifted, real)
        inside = labels > 0
        onward = forward, _ = self._forward(np.exp(shifted), real)
        homeward = backward, _ = self._backward(np.exp(shifted), real)
        outside = forward[:, :, 0] * backward[:, :, 0] / (forward * backward).sum(axis=2)
        spans = self._span_probabilities(shifted, labels, lengths, onward, homeward)
        # Words of one mention follow its first word without a gap, row by row.
        starts = inside & (labels % 2 == 1)
        which = np.cumsum(starts.ravel()).reshape(starts.shape) - 1
        probability = np.where(inside, spans[which], outside) if spans.size else outside
        return labels, probability.clip(1e-6, 1 - 1e-6), inside

    def sample(self, emissions: Floats, lengths: NDArray[np.int32], rng: np.random.Generator) -> NDArray[np.intp]:
        """Draw one label path for each sentence from the distribution over paths, (N, T); 0 past the end."""
        real, shifted = _shift(emissions, lengths)
        forward, _ = self._forward(np.exp(shifted), real)
        n, steps = real.shape
        labels = np.zeros((n, steps), dtype=np.intp)
        for t in range(steps - 1, -1, -1):
            chances = forward[:, t]
            if t + 1 < steps:
                chances = np.where(real[:, t + 1, None], chances * self._factor.T[labels[:, t + 1]], chances)
            sums = chances.cumsum(axis=1)
            drawn = (sums < rng.random((n, 1)) * sums[:, -1:]).sum(axis=1)
            labels[:, t] = np.where(real[:, t], drawn, 0)
        return labels

    def _best_paths(self, scores: Floats, real: Any) -> NDArray[np.intp]:
        """Viterbi: (N, T) label indices, 0 past the end."""
        n, steps, count = scores.shape
        best = scores[:, 0] + self._into[:, 0]
        came = np.empty((steps, n, count), dtype=np.intp)
        stay = np.arange(count)
        for t in range(1, steps):
            through = best[:, None, :] + self._into
            before = through.argmax(axis=2)
            after = np.take_along_axis(through, before[:, :, None], axis=2)[:, :, 0] + scores[:, t]
            going = real[:, t, None]
            came[t] = np.where(going, before, stay)
            best = np.where(going, after, best)
        labels = np.empty((n, steps), dtype=np.intp)
        rows = np.arange(n)
        labels[:, -1] = best.argmax(axis=1)
        for t in range(steps - 1, 0, -1):
            labels[:, t - 1] = came[t][rows, labels[:, t]]
        return np.where(real, labels, 0)

    def _forward(self, factors: Floats, real: Any) -> tuple[Floats, Floats]:
        """Forward sums, each scaled to add up to 1, and the log of the scale, (N, T, 9) and (N, T)."""
        sums = np.empty_like(factors)
        logs = np.empty(factors.shape[:2])
        now = self._factor[0] * factors[:, 0]
        log = np.zeros(len(factors))
        for t in range(factors.shape[1]):
            if t:
                now = np.where(real[:, t, None], (now @ self._factor) * factors[:, t], now)
            total = now.sum(axis=1)
            now = now / total[:, None]
            log = log + np.log(total)
            sums[:, t], logs[:, t] = now, log
        return sums, logs

    def _backward(self, factors: Floats, real: Any) -> tuple[Floats, Floats]:
        """Backward sums, scaled as the forward ones; 1 for every label at a sentence's last word and after it."""
        sums = np.ones_like(factors)
        logs = np.zeros(factors.shape[:2])
        out = np.ascontiguousarray(self._factor.T)
        for t in range(factors.shape[1] - 2, -1, -1):
            now = (factors[:, t + 1] * sums[:, t + 1]) @ out
            total = now.sum(axis=1)
            goes_on = real[:, t + 1]
            sums[:, t] = np.where(goes_on[:, None], now / total[:, None], 1.0)
            logs[:, t] = np.where(goes_on, logs[:, t + 1] + np.log(total), 0.0)
        return sums, logs

    def _span_probabilities(
        self,
        scores: Floats,
        labels: NDArray[np.intp],
        lengths: NDArray[np.int32],
        onward: tuple[Floats, Floats],
        homeward: tuple[Floats, Floats],
    ) -> Floats:
        """Return the probability of each mention of `labels`, row by row from left to right."""
        (forward, forward_log), (backward, backward_log) = onward, homeward
        after = np.zeros_like(labels)
        after[:, :-1] = labels[:, 1:]
        is_inner = (after > 0) & (after % 2 == 0)
        rows, first = np.nonzero(labels % 2 == 1)
        _, last = np.nonzero((labels > 0) & ~is_inner)
        before = np.zeros_like(labels)
        before[:, 1:] = labels[:, :-1]
        step = np.take_along_axis(scores, labels[:, :, None], axis=2)[:, :, 0] + self._into[labels, before]
        along = np.cumsum(step, axis=1)
        label = labels[rows, last]
        ends = last == lengths[rows] - 1
        following = np.minimum(last + 1, scores.shape[1] - 1)
        leaving = self._factor[label] * np.exp(scores[rows, following]) * backward[rows, following]
        leaving[np.arange(len(rows)), (label - 1) // 2 * 2 + 2] = 0.0  # the mention must end here
        rest = np.where(ends, 0.0, np.log(leaving.sum(axis=1)) + backward_log[rows, following])
        opening = np.log(forward[rows, first, labels[rows, first]]) + forward_log[rows, first]
        total = forward_log[:, -1]
        return np.exp(opening + along[rows, last] - along[rows, first] + rest - total[rows])


def _shift(emissions: Floats, lengths: NDArray[np.int32]) -> tuple[Any, Floats]:
    """Return which columns are words, and the scores less their word's highest (0 past the end).

    Only differences between the labels of a word count; so shifted, sums of products of them stay in range.
    """
    real = np.arange(emissions.shape[1]) < lengths[:, None]
    return real, np.where(real[:, :, None], emissions - emissions.max(axis=2, keepdims=True), 0.0)
