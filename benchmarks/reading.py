"""How fast pages are read, beside trafilatura and jusText on the same text in the same run; and how time grows.

    python benchmarks/reading.py [--pages 300] [--repeat 3]

Rates are pages a second of CPU time on one core. The readers take turns at each page, so that whatever else the machine
does slows all of them alike; of each page the quickest of the repeats counts. trafilatura and jusText read HTML, so
each line is given to them as a paragraph; making that HTML is not counted.
"""

from __future__ import annotations

import argparse
import html
import itertools
import logging
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "reading"))

from evaluate import SHOWN, load

from rasd.reading.reader import READER_VERSION, read

_WORDS = 400
_PARAGRAPH = "أعلنت وزارة النقل فتح الجسر الجديد أمام حركة المرور بعد عامين من أعمال الصيانة التي جرت في المدينة."
# Lines on which a careless pattern runs in quadratic time.
_HARD = {
    "one letter": "ا",
    "blanks": " ",
    "handles": "(@a) ",
    "dashes and handles": "— a (@a) ",
    "labels": "المصدر:",
    "glued words": "السلاموعبّر ",
    "menu": "خبر | ",
    "addresses": "https://t.co/a ",
    "paragraphs": _PARAGRAPH + "\n",
    "headlines": "عنوان خبر قصير هنا\n",
    "stories": f"عنوان خبر قصير هنا\n{_PARAGRAPH}\nإقرأ أيضاً:\n",
}


def _texts(count: int) -> list[str]:
    """Pages of about 400 words: labelled pages, where they are shorter with paragraphs of others, each used once.

    Lines that came again would be read faster than in life: what short lines are is kept for a while.
    """
    pages = [page.text for name in SHOWN if name != "gold" for page in load(name) if page.labels["main_article"]]
    paragraphs = itertools.cycle([line for page in reversed(pages) for line in page.split("\n") if _is_long(line)])
    texts = []
    for page in pages[:: max(1, len(pages) // count)][:count]:
        lines, words = page.split("\n"), len(page.split())
        at = next((n for n, line in enumerate(lines) if _is_long(line)), 0) + 1
        while words < _WORDS:
            lines.insert(at, next(paragraphs))
            words += len(lines[at].split())
        texts.append("\n".join(lines))
    return texts


def _is_long(line: str) -> bool:
    return line.count(" ") > 14


def _rates(readers: dict[str, tuple[Callable[[str], object], Sequence[str]]], repeat: int) -> dict[str, float]:
    """Return how many of its inputs each reader reads in a second; all of them have as many, of the same pages."""
    quickest: dict[tuple[str, int], float] = {}
    for _ in range(repeat):
        for n, inputs in enumerate(zip(*(pages for _, pages in readers.values()), strict=True)):
            for (name, (work, _)), one in zip(readers.items(), inputs, strict=True):
                start = time.process_time()
                work(one)
                took = time.process_time() - start
                quickest[name, n] = min(took, quickest.get((name, n), took))
    return {
        name: len(pages) / sum(quickest[name, n] for n in range(len(pages))) for name, (_, pages) in readers.items()
    }


def _as_html(text: str) -> str:
    lines = (f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
    return f"<html><body><article>{''.join(lines)}</article></body></html>"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    texts = _texts(arguments.pages)
    pages = [_as_html(text) for text in texts]
    words = sum(len(text.split()) for text in texts) / len(texts)
    for text in texts[:20]:
        read(text)
    print(f"{len(texts)} pages of {words:.0f} words on average; {READER_VERSION}")
    readers: dict[str, tuple[Callable[[str], object], Sequence[str]]] = {"rasd": (read, texts)}
    try:
        import trafilatura

        readers["trafilatura"] = trafilatura.extract, pages
    except ImportError:
        print("trafilatura is not installed")
    try:
        import justext

        stops = justext.get_stoplist("Arabic")
        readers["jusText"] = partial(justext.justext, stoplist=stops), pages
    except ImportError:
        print("jusText is not installed")
    print(f"{'':20}{'pages a second':>16}")
    for name, rate in _rates(readers, arguments.repeat).items():
        print(f"{name:20}{rate:>16,.0f}")
    print(f"\n{'seconds for':20}{'1 MB':>10}{'5 MB':>10}{'times':>10}   (linear: 5)")
    for name, unit in _HARD.items():
        seconds = []
        for size in (1_000_000, 5_000_000):
            text = _PARAGRAPH + "\n" + unit * (size // len(unit.encode()))
            start = time.process_time()
            read(text)
            seconds.append(time.process_time() - start)
        print(f"{name:20}{seconds[0]:>10.2f}{seconds[1]:>10.2f}{seconds[1] / max(seconds[0], 1e-9):>10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
