"""How fast pages are read, beside trafilatura and jusText on the same text in the same run; and how time grows.

    python benchmarks/reading.py [--pages 300] [--repeat 3]

Rates are pages a second of CPU time on one core, the best of the repeats. trafilatura and jusText read HTML, so each
line is given to them as a paragraph; making that HTML is not counted.
"""

from __future__ import annotations

import argparse
import html
import itertools
import logging
import sys
import time
from collections.abc import Callable, Sequence
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


def _rate(work: Callable[[str], object], inputs: Sequence[str], repeat: int) -> float:
    best = 0.0
    for _ in range(repeat):
        start = time.process_time()
        for one in inputs:
            work(one)
        best = max(best, len(inputs) / (time.process_time() - start))
    return best


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
    print(f"{'':20}{'pages a second':>16}")
    print(f"{'rasd':20}{_rate(read, texts, arguments.repeat):>16,.0f}")
    try:
        import trafilatura

        print(f"{'trafilatura':20}{_rate(trafilatura.extract, pages, arguments.repeat):>16,.0f}")
    except ImportError:
        print(f"{'trafilatura':20}{'not installed':>16}")
    try:
        import justext

        stops = justext.get_stoplist("Arabic")
        rate = _rate(lambda page: justext.justext(page, stops), pages, arguments.repeat)
        print(f"{'jusText':20}{rate:>16,.0f}")
    except ImportError:
        print(f"{'jusText':20}{'not installed':>16}")
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
