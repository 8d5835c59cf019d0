"""Making the weights of `rasd.reading.weighing` again (needs the `train` extra).

    python -m rasd.training.lines CORPORA [--pages tests/reading/pages] [--validate [COLLECTION …]]

CORPORA is the folder with `raw/antcorpus.xml.txt.xz` and `raw/sanad_khaleej.txt.xz`. Fits the net on every open set of
labelled pages and on pages composed of their parts, of articles of the corpora, and of wording (`composing`), and
writes the weights; the held-out pages are never read. `--validate` leaves out one set after the other (those joined by
a comma at once), composes and fits without it, and prints how the lines of the set left out come out; it writes
nothing. Everything is drawn from seeds and computed in one thread: the same input gives the same weights on a machine.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rasd.reading.describing import Described, describe
from rasd.reading.lines import Piece, ends_sentence
from rasd.reading.reader import marked_lines
from rasd.reading.weighing import (
    PLACED,
    STATES,
    TEXT,
    WEIGHTS,
    Weights,
    looked_up_words,
    part_rows,
    weighed,
    word_rows,
    word_shape,
)
from rasd.training.composing import Composer, Material
from rasd.training.layouts import Line, corpus_stories, cut, page_lines

# Pages that only tell the same texts again say little of layouts: they count less, and lend none.
WEIGHT_OF_SET = {"stories": 0.2}
# Sets that were written to be hard: in the last stage of fitting they hardly count (`linenet.Recipe`).
AWKWARD = frozenset(f"waves-{n}" for n in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 25, 27))
# On labelled and composed pages texts are interrupted more often than on those of a crawl: how much less likely it is
# that something else stands inside a text, in the units of the scores.
INTERRUPTED = 0.8
# Some outlets put no full stop at the end of a paragraph: each page also stands in the training without them.
WEIGHT_WITHOUT_STOPS = 0.25
# How many pages are composed, and what one counts.
COMPOSED = 6000
WEIGHT_COMPOSED = 0.5
# Articles taken from each corpus; and how many headlines of the corpora others may bear.
ARTICLES = 3000
HEADLINES = 3000
# A word stands on so many pages to be known; of those, the most frequent are.
LEAST_PAGES = 5
KNOWN_WORDS = 7000
# Composed pages of more lines are left out: they cost most and teach nothing else.
LONGEST = 150
SEED = 1
# So many nets are fitted, each from another seed, and stand side by side in one.
NETS = 2


@dataclass
class Page:
    """A labelled page as the model sees it: what describes its lines, and the state of each."""

    collection: str
    name: str
    described: Described
    states: npt.NDArray[np.int64]
    weight: float = 1.0
    altered: bool = False


@dataclass
class Labelled:
    """The open labelled pages: as the model sees them, and by collection as lines to compose others of."""

    pages: list[Page]
    lines: dict[str, list[tuple[str, list[Line]]]]


@lru_cache(maxsize=2)
def labelled_pages(pages: Path) -> Any:
    """Return the module that compiles a folder's labelled pages: its `OPEN` sets may be learned from."""
    spec = importlib.util.spec_from_file_location("rasd_labelled_pages", pages / "compile.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["rasd_labelled_pages"] = module
    spec.loader.exec_module(module)
    return module


def _state(kind: str, sub: str | None) -> str:
    """Return which state of a line a label means."""
    if kind == "title":
        return "title" if sub == "headline" else "kicker"
    if kind == "main_article":
        return "heading" if sub in ("subheading", "table") else "body"
    if kind == "related_article":
        return "related title" if sub == "headline" else "related"
    return {"related_marker": "navigation", "dateline": "metadata", "tweet": "post"}.get(kind, kind)


def states_of(
    text: str, segments: Sequence[tuple[int, int, str, str | None]], lines: Sequence[Piece]
) -> npt.NDArray[np.int64]:
    """Return the state of each line, by most of its characters: a number in `PLACED`."""
    labels: list[str | None] = [None] * len(text)
    for start, end, kind, sub in segments:
        labels[start:end] = [_state(kind, sub)] * (end - start)
    states = []
    for line in lines:
        counts = Counter(labels[i] for i in range(line.start, line.end) if labels[i] and not text[i].isspace())
        states.append((counts.most_common(1)[0][0] if counts else None) or "navigation")
    body = [i for i, state in enumerate(states) if state in TEXT]
    placed = []
    for i, state in enumerate(states):
        place = "above" if not body or i < body[0] else "below" if i > body[-1] else "inside"
        placed.append(PLACED.index(state if state in TEXT else f"{state}, {place}"))
    return np.array(placed, dtype=np.int64)


def load(pages: Path) -> Labelled:
    """Return every open labelled page; its collection is its set, and in `dev` whose writing it is (see its name)."""
    compiler = labelled_pages(pages)
    found: list[Page] = []
    lines_of: dict[str, list[tuple[str, list[Line]]]] = {}
    for half in compiler.OPEN:
        for page in compiler.load(half):
            lines, _ = marked_lines(page.text)
            if not lines:
                continue
            segments = [(s["start"], s["end"], s["kind"], s.get("subkind")) for s in page.labels["segments"]]
            states = states_of(page.text, segments, lines)
            writer = re.sub(r".*_", "", page.name) if half == "dev" else ""
            group = {"p": "p", **dict.fromkeys("klm", "klm"), **dict.fromkeys("noq", "noq")}.get(writer, "first")
            collection, weight = f"dev {group}" if half == "dev" else half, WEIGHT_OF_SET.get(half, 1.0)
            found.append(Page(collection, page.name, describe(lines), states, weight))
            bare = [_without_stop(line) for line in lines]
            found.append(Page(collection, page.name, describe(bare), states, weight * WEIGHT_WITHOUT_STOPS, True))
            lines_of.setdefault(collection, []).append((page.name, page_lines(page.text, page.labels["segments"])))
    return Labelled(found, lines_of)


def _without_stop(line: Piece) -> Piece:
    """Return a line without the full stop at its end."""
    if line.text[-1] != "." or len(line.text) < 3:
        return line
    return replace(line, text=line.text[:-1], ends=ends_sentence(line.text[:-1]), _folded=None, _said=None)


def material(labelled: Labelled, corpora: Path, left_out: frozenset[str] = frozenset()) -> Material:
    """Return what pages are composed of, without the collections left out."""
    found = Material(wires=list(corpus_stories(corpora, ARTICLES)))
    for collection, pages in labelled.lines.items():
        if collection in left_out:
            continue
        for name, lines in pages:
            sheet, story = cut(name, lines)
            if sheet and collection != "stories":
                found.sheets.append(sheet)
            if story and story.title:
                found.stories.append(story)
            if not any("main_article" in line.kinds for line in lines):
                found.empty.append(tuple(lines))
    own = [story.title for story in found.stories]
    found.titles = own * 3 + [story.title for story in found.wires if story.title][:HEADLINES]
    return found


def composed(material: Material, count: int, seed: int) -> Iterator[Page]:
    """Yield composed pages."""
    composer = Composer(material, seed)
    made = 0
    while made < count:
        page = composer.compose()
        lines, _ = marked_lines(page.text)
        if 0 < len(lines) <= LONGEST:
            made += 1
            states = states_of(page.text, page.segments, lines)
            yield Page("composed", str(made), describe(lines), states, WEIGHT_COMPOSED)


def vocabulary(pages: Sequence[Page]) -> list[str]:
    """Return the words that stand on the most pages, in the order of the alphabet."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({word_shape(word) for line in page.described.words for word in looked_up_words(line)})
    frequent = sorted((word for word in counts if counts[word] >= LEAST_PAGES), key=lambda word: (-counts[word], word))
    return sorted(frequent[:KNOWN_WORDS])


def fit(pages: Sequence[Page], seed: int = SEED, *, nets: int = NETS, told: bool = False) -> Weights:
    """Return weights fitted to the pages: nets from one seed after the other, side by side."""
    from rasd.training import linenet

    words = vocabulary(pages)
    known = {word: n for n, word in enumerate(words, 1)}
    examples = []
    for page in pages:
        rows = word_rows(page.described.words, known)
        seen = page.described
        own = page.collection != "composed" and not page.altered
        parts = list(map(part_rows, seen.words))
        awkward = page.collection in AWKWARD
        examples.append(linenet.Example(seen.signs, seen.degrees, rows, parts, page.states, page.weight, own, awkward))

    def report(epoch: int, loss: float) -> None:
        print(f"epoch {epoch + 1}: loss {loss:.3f}", flush=True)

    fitted = [
        linenet.fit(examples, len(words), linenet.Recipe(), seed + n, report if told else None).export(words)
        for n in range(nets)
    ]
    return less_interrupted(beside(fitted))


def less_interrupted(weights: Weights) -> Weights:
    """Return weights by which texts are interrupted as seldom as they are on ordinary pages (see `INTERRUPTED`)."""
    text = np.array([state in TEXT for state in PLACED])
    inside = np.array([state.endswith(", inside") for state in PLACED])
    return weights._replace(follows=weights.follows - INTERRUPTED * np.outer(text, inside))


def beside(nets: Sequence[Weights]) -> Weights:
    """Return one net that is several of the same words side by side: what they score, on average.

    What differs between nets of different seeds is mostly error: averaged (Hansen, Salamon 1990), they have two texts
    in a hundred more right.
    """
    count, d = len(nets), nets[0].signs.shape[1]

    def joined(name: str) -> npt.NDArray[np.float32]:
        return np.concatenate([getattr(net, name) for net in nets], axis=-1)

    def apart(blocks: Sequence[npt.NDArray[Any]]) -> npt.NDArray[np.float32]:
        """Return matrices whose rows come in groups of d, one net's numbers never mixed with another's."""
        groups = len(blocks[0]) // d
        mixed = np.zeros((groups, count, d, count, d), dtype=np.float32)
        for n, block in enumerate(blocks):
            mixed[:, n, :, n] = block.reshape(groups, d, d)
        return mixed.reshape(groups * count * d, count * d)

    return Weights(
        words=nets[0].words,
        signs=joined("signs"),
        degrees=joined("degrees"),
        bias=joined("bias"),
        first=joined("first"),
        last=joined("last"),
        beginning=joined("beginning"),
        parts=joined("parts"),
        around=np.stack([apart(layer) for layer in zip(*(net.around for net in nets), strict=True)]),
        around_bias=joined("around_bias"),
        page=apart([net.page for net in nets]),
        out=np.concatenate([net.out for net in nets]) / count,
        out_bias=np.mean([net.out_bias for net in nets], axis=0),
        follows=np.mean([net.follows for net in nets], axis=0),
        begins=np.mean([net.begins for net in nets], axis=0),
    )


def write(weights: Weights, path: Path) -> None:
    """Write the weights in half precision, as `rasd.reading.weighing.read_weights` reads them."""
    arrays = {
        name: np.clip(value, -6e4, 6e4).astype(np.float16)
        for name, value in weights._asdict().items()
        if name != "words"
    }
    words = np.frombuffer("\n".join(weights.words).encode(), dtype=np.uint8)
    np.savez_compressed(path, words=words, **arrays)


def validate(labelled: Labelled, corpora: Path, groups: Sequence[str], count: int) -> None:
    """Leave out collections; print which part of their lines and texts comes out right."""
    text = [STATES.index(state) for state in TEXT]
    inside_state = np.array([state in TEXT for state in PLACED])
    one_of = np.array([STATES.index(state.partition(",")[0]) for state in PLACED])
    totals: Counter[str] = Counter()
    for group in groups:
        left_out = frozenset(group.split(","))
        pages = [page for page in labelled.pages if page.collection not in left_out]
        weights = fit([*pages, *composed(material(labelled, corpora, left_out), count, SEED)])
        for collection in sorted(left_out):
            own: Counter[str] = Counter()
            for page in (page for page in labelled.pages if page.collection == collection and not page.altered):
                found = weighed(page.described, weights)
                inside = found[:, text].sum(axis=1) > 0.5
                own["pages"] += 1
                own["texts"] += bool((inside == inside_state[page.states]).all())
                own["lines"] += len(found)
                own["right"] += int((found.argmax(axis=1) == one_of[page.states]).sum())
            totals += own
            print(
                f"{collection:14} {own['pages']:4} pages: lines {own['right'] / own['lines']:.3f}, "
                f"texts {own['texts'] / own['pages']:.3f}",
                flush=True,
            )
    print(f"{'all':14} lines {totals['right'] / totals['lines']:.3f}, texts {totals['texts'] / totals['pages']:.3f}")


def main() -> int:
    """Fit on the open labelled pages and composed ones and write the weights, or validate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "corpora", type=Path, help="the folder with raw/antcorpus.xml.txt.xz and raw/sanad_khaleej.txt.xz"
    )
    parser.add_argument("--pages", type=Path, default=Path("tests/reading/pages"))
    parser.add_argument("--composed", type=int, default=COMPOSED, help="how many pages to compose")
    parser.add_argument("--validate", nargs="*", metavar="COLLECTION", help="leave these out in turn, write nothing")
    parser.add_argument("--leave-out", default="", metavar="COLLECTION,…", help="fit without these")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="the file to write")
    arguments = parser.parse_args()
    labelled = load(arguments.pages)
    if arguments.validate is not None:
        groups = arguments.validate or sorted({page.collection for page in labelled.pages})
        validate(labelled, arguments.corpora, groups, arguments.composed)
        return 0
    left_out = frozenset(arguments.leave_out.split(","))
    pages = [page for page in labelled.pages if page.collection not in left_out]
    pages += composed(material(labelled, arguments.corpora, left_out), arguments.composed, SEED)
    write(fit(pages, told=True), arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
