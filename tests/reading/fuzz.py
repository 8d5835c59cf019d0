"""Read mutated pages for a while: `python tests/reading/fuzz.py [--minutes 10] [--seed 1]`.

Takes every page it can find (the labelled ones, and those in ../shared where present), cuts, doubles, swaps and
garbles it, and checks the laws of `laws.check` on each. Ends with a count, or with the first page that breaks one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from evaluate import SETS, load
from laws import check

_SIGNS = '\n\r\t \xa0\u200f\u200e\u200c\u2028\ufeff\x00\x85\ud800—-.:؟!«»"()[]{}@#/|،؛ـًّةىءوابتقل0٣۵aZ…\U0001f600<>&'
_PHRASES = (
    "إقرأ أيضاً:", "المصدر: ", "كلمات دلالية: ", "— Name (@name) May 1, 2024", "(@x)", "https://t.co/a", "[...]",
    "تاريخ النشر: 8th, November 2023 GMT", "التعليقات", "الأكثر قراءة", "***", "\n\n\n", "القاهرة - (رويترز) - ",
    "14:30 - ", "وقال", "(فيديو)وأكد", "Ø§Ù„", "قناة, [01.01.2024 10:00]",
)  # fmt: skip


def mutate(text: str, chance: random.Random) -> str:
    """Return the text with one to twelve mutations."""
    for _ in range(chance.randint(1, 12)):
        at, to = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        to = min(to, at + chance.choice((1, 5, 50, 500)))
        lines = text.split("\n")
        match chance.randint(0, 8):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:at] + text[at:to] * chance.randint(2, 4) + text[to:]
            case 2:
                text = text[:at] + "".join(chance.choices(_SIGNS, k=chance.randint(1, 20))) + text[at:]
            case 3:
                text = text[:at] + chance.choice(_PHRASES) + text[at:]
            case 4:
                chance.shuffle(lines)
                text = "\n".join(lines)
            case 5:
                text = text.replace("\n", chance.choice(("", " ", "\r\n", "\n\n", "\u2028")), chance.randint(1, 9))
            case 6:
                i = chance.randrange(len(lines))
                lines.insert(chance.randrange(len(lines) + 1), lines[i])
                text = "\n".join(lines)
            case 7:
                text = text[:at] + text[at:to][::-1] + text[to:]
            case _:
                mark = chance.choice("\u064b\u0650\u200f\u200d\xa0ـ")
                text = text[:at] + mark.join(text[at:to]) + text[to:]
    return text


def main() -> int:
    """Run for the time asked for; 0 where nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    pages = [page for name in SETS for page in load(name)]
    chance = random.Random(arguments.seed)
    end = time.monotonic() + arguments.minutes * 60
    count = 0
    while time.monotonic() < end:
        page = chance.choice(pages)
        text = mutate(page.text, chance)
        try:
            check(text, landed=page.landed)
        except Exception:
            where = Path("fuzz_found.txt").resolve()
            where.write_text(text, encoding="utf-8", errors="surrogatepass")
            print(f"page {count} breaks a law; it lies in {where}")
            raise
        count += 1
    print(f"{count} mutated pages read in {arguments.minutes:g} minutes, no law broken")
    return 0


if __name__ == "__main__":
    sys.exit(main())
