"""Word vectors from counts: which words stand one and two places before and after, and on which side.

Positive pointwise mutual information of words with placed neighbours, factored by a randomised SVD (Levy and
Goldberg 2014; Halko, Martinsson and Tropp 2011). They take a minute or two on one core, and
the same text gives the same vectors; for what they do for names see MODEL_CARD.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rasd.annotating.features import normalise
from rasd.arabic.tokens import tokenize

PLACES = (-2, -1, 1, 2)
_GAP = -1  # between paragraphs, and for words too rare to count
_SMOOTHING = 0.75  # power of the neighbours' counts, as in word2vec's negative samples
_FLUSH = 4_000_000  # words counted between two additions to the matrix: bounds memory


def fold_paragraphs(paragraphs: Iterable[str]) -> tuple[list[str], Counter[str], NDArray[np.int32]]:
    """Return the distinct words in order of appearance, their counts, and the text as indices of them.

    Two gaps (-1) follow every paragraph.
    """
    ids: dict[str, int] = {}
    pieces: list[NDArray[np.int32]] = []
    for paragraph in paragraphs:
        words = normalise(" ".join(token.text for token in tokenize(paragraph))).split()
        pieces.append(np.array([ids.setdefault(word, len(ids)) for word in words] + [_GAP, _GAP], dtype=np.int32))
    text = np.concatenate(pieces)
    counts = np.bincount(text[text >= 0], minlength=len(ids))
    words = list(ids)
    return words, Counter(dict(zip(words, counts.tolist(), strict=True))), text


def train_vectors(
    words: Sequence[str],
    counts: Counter[str],
    text: NDArray[np.int32],
    *,
    size: int = 100,
    neighbours: int = 20_000,
    least: int = 4,
    kept: int = 200_000,
    seed: int = 0,
) -> tuple[list[str], NDArray[np.float32]]:
    """Return the frequent words, most frequent first, and their vectors, (words, size), of standard deviation .5.

    Args:
        words: distinct words that the indices in `text` mean.
        counts: how often each stands in the text.
        text: indices, negative in gaps.
        size: dimensions.
        neighbours: how many of the most frequent words count as neighbours.
        least: words rarer than this get no vector.
        kept: how many words get one at most.
        seed: of the random projection.
    """
    from scipy import sparse  # type: ignore[import-untyped]

    ranked = [w for w, c in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if c >= least][:kept]
    rank = {word: i for i, word in enumerate(ranked)}
    to_rank = np.array([rank.get(word, _GAP) for word in words] + [_GAP], dtype=np.int32)  # [-1] is the gap's
    ranks = to_rank[text]
    neighbours = min(neighbours, len(ranked))
    shape = (len(ranked), neighbours)
    tables: list[Any] = [sparse.csr_matrix(shape, dtype=np.float32) for _ in PLACES]
    for start in range(0, len(ranks), _FLUSH):
        part = ranks[start : start + _FLUSH]
        for i, place in enumerate(PLACES):
            word, other = (part[:-place], part[place:]) if place > 0 else (part[-place:], part[:place])
            seen = (word >= 0) & (other >= 0) & (other < neighbours)
            pairs = (np.ones(int(seen.sum()), dtype=np.float32), (word[seen], other[seen]))
            tables[i] = tables[i] + sparse.coo_matrix(pairs, shape=shape).tocsr()
    weighed = _ppmi(sparse.hstack(tables).tocoo())
    vectors = _factor(weighed, size, np.random.default_rng(seed))
    return ranked, (vectors * (0.5 / vectors.std())).astype(np.float32)


def _ppmi(table: Any) -> Any:
    """Turn counts into positive pointwise mutual information; c / (c + .5) damps pairs seen once or twice."""
    from scipy import sparse

    total = float(table.sum())
    row = np.asarray(table.sum(axis=1)).ravel()
    column = np.asarray(table.sum(axis=0)).ravel() ** _SMOOTHING
    column *= total / column.sum()
    information = np.log(table.data * total / (row[table.row] * column[table.col])) * (table.data / (table.data + 0.5))
    kept = information > 0
    places = (table.row[kept], table.col[kept])
    return sparse.csr_matrix((information[kept].astype(np.float32), places), shape=table.shape)


def _factor(table: Any, size: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return U sqrt(S) of a truncated SVD by four power iterations."""
    across = table.T.tocsr()
    basis = rng.standard_normal((table.shape[1], min(size + 16, table.shape[0])), dtype=np.float32)
    for _ in range(4):
        basis, _ = np.linalg.qr(across @ np.linalg.qr(table @ basis)[0])
    left, strengths, _ = np.linalg.svd(table @ basis, full_matrices=False)
    vectors: NDArray[np.float32] = left[:, :size] * np.sqrt(strengths[:size])
    return vectors


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 vectors and the scale of each, (V, D) and (V,): a vector is the product, within .4 % of its peak."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-8) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)
