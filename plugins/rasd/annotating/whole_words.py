"""Makes `seeds/whole_words.txt`: words that begin like a proclitic or the article and have neither.

    python -m rasd.annotating.whole_words ../shared/ner > seeds/whole_words.txt

Counted on the news of AlKhaleej and Jawhara FM (CC BY 4.0, Apache-2.0): a word is whole if it is that much more
frequent than what it leaves without its first letter. So are words that begin names with a letter of their own, which
`seeds/names/name_words.txt` lists. Those with the article's letters are listed here by hand: no count tells them apart.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rasd import resources
from rasd.annotating.name_words import news
from rasd.arabic.clitics import CONJUNCTIONS, FUTURE, PREPOSITIONS
from rasd.arabic.search import IMPERFECT, LEAST_STEM

_OFTEN = 10
_OFTENER = 10
# Pronouns, particles, numbers and names that begin with ال without having it.
_LIKE_THE_ARTICLE = """
الله التي الذي الذين اللذين اللذان اللتين اللتان اللواتي اللاتي الي الا الان الاف الفا الفي الفين الم
المانيا الماني المانيه الياس البرت البرتو الكسندر الكسندرا الكساندر الهام الياف البانيا الباني
البانيه اليسا اليابان التقي التقت التقي القي القت القيت التزم التزمت التحق التحقت الغي الغت التمس
الزم الزمت الهم الهمت الح الو اليك اليه اليها اليهم الينا اليكم اليهما
"""
_HEADER = """\
# Words that begin like a proclitic (و ف ب ل ك س) or the article (ال) and have neither, for the search: وزير is found by
# وزير, not by زير. One word a line, folded or not. Made by `python -m rasd.annotating.whole_words`, which says from
# what; a line may be added by hand, and the next run puts it to use.
"""


def whole_words(data: Path) -> Iterator[str]:
    """Yield the words, sorted."""
    counts = news(data)
    names = (resources.seeds() / "names" / "name_words.txt").read_text(encoding="utf-8").splitlines()
    first = CONJUNCTIONS + PREPOSITIONS + FUTURE
    found = {word for word in names if len(word) > LEAST_STEM and word[0] in first} | {*_LIKE_THE_ARTICLE.split()}
    for word, count in counts.items():
        if count < _OFTEN or len(word) <= LEAST_STEM or word[0] not in first:
            continue
        if word[0] == FUTURE and (word[1] not in IMPERFECT or len(word) <= LEAST_STEM + 1):
            continue
        rivals = [word[1:]]
        if word.startswith("لل"):
            rivals.append("ا" + word[1:])
        if word[1:].startswith("ال"):
            rivals.append(word[3:])  # a noun may stand in the news with the article only
        if count > _OFTENER * max(counts[rival] for rival in rivals):
            found.add(word)
    yield from sorted(found)


if __name__ == "__main__":
    sys.stdout.write(_HEADER + "\n".join(whole_words(Path(sys.argv[1]))) + "\n")
