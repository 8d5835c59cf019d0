from __future__ import annotations

from collections.abc import Sequence

from rasd.annotating.annotate import annotate, annotate_articles
from rasd.annotating.model import OUTSIDE, Tag


class Once:
    """A recogniser that finds one name, where its words stand whole, and nothing else."""

    engine = model = version = "once"

    def __init__(self, kind: str, name: str, confidence: float = 0.9) -> None:
        self._kind, self._words, self._confidence = kind, name.split(), confidence

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        return [self._tags(list(sentence)) for sentence in sentences]

    def _tags(self, sentence: list[str]) -> list[Tag]:
        tags = [OUTSIDE] * len(sentence)
        for at in range(len(sentence) - len(self._words) + 1):
            if sentence[at : at + len(self._words)] == self._words:
                rest = [Tag(f"I-{self._kind}", self._confidence)] * (len(self._words) - 1)
                tags[at : at + len(self._words)] = [Tag(f"B-{self._kind}", self._confidence), *rest]
        return tags


def surfaces(text: str, recogniser: Once) -> list[str]:
    return [m.prefix + "|" + m.surface for m in annotate([text], recogniser)[0]]


def test_a_last_name_is_remembered_with_its_proclitics() -> None:
    text = "قالت وئام الصنوبري إنها بدأت. والصنوبري طبيبة. وتحدثنا مع وئام الصنوبري وللصنوبري ابنة."
    assert surfaces(text, Once("PER", "وئام الصنوبري")) == [
        "|وئام الصنوبري", "و|الصنوبري", "|وئام الصنوبري", "ول|لصنوبري",
    ]  # fmt: skip


def test_what_is_no_name_by_itself_is_not_remembered() -> None:
    # A given name, an adjective behind a definite noun, what was found without certainty.
    assert len(surfaces("قال سعيد محمود. ومحمود السيرة من زار محمود.", Once("PER", "سعيد محمود"))) == 1
    assert len(surfaces("قال رامي المصري. الشعب المصري كبير.", Once("PER", "رامي المصري"))) == 1
    assert len(surfaces("قال رامي المصري. وقال المصري.", Once("PER", "رامي المصري"))) == 2
    assert len(surfaces("زار خبرتوفا. وفي خبرتوفا.", Once("LOC", "خبرتوفا.", 0.9))) <= 2
    assert len(surfaces("قال رامي الصنوبري. وقال الصنوبري.", Once("PER", "رامي الصنوبري", 0.5))) == 1


def test_memory_is_that_of_one_article_and_of_all_its_parts() -> None:
    once = Once("PER", "وئام الصنوبري")
    articles = [["الصنوبري تفوز", "قالت وئام الصنوبري إنها بدأت"], ["", "قالت الصنوبري كذا"]]
    found = annotate_articles(articles, once)
    assert [[m.surface for m in part] for part in found[0]] == [["الصنوبري"], ["وئام الصنوبري"]]
    assert found[1] == [[], []]
    assert annotate_articles(articles[::-1], once)[::-1] == found
    assert found[0][0][0].confidence < found[0][1][0].confidence
