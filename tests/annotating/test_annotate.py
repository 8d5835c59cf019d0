from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.annotating.annotate import annotate, find_demonyms
from rasd.annotating.gazetteer import Gazetteer
from rasd.annotating.model import Chunk, Mention, Tag, spread
from rasd.arabic.sentences import split_sentences
from rasd.arabic.tokens import tokenize


class Told:
    """A recogniser that finds the runs of tokens it was told, in one sentence."""

    engine = model = version = "told"

    def __init__(self, *found: tuple[str, int, int]) -> None:
        self._found = [Chunk(kind, start, end, 0.7) for kind, start, end in found]  # type: ignore[arg-type]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        return [spread(self._found, len(sentence)) for sentence in sentences]


def only(text: str, *found: tuple[str, int, int]) -> Mention:
    mentions = annotate([text], Told(*found))[0]
    assert len(mentions) == 1
    assert text[mentions[0].start : mentions[0].end] == mentions[0].surface
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "kind", "prefix", "surface"),
    [
        ("روسيا", "LOC", "", "روسيا"),
        ("وكازاخستان", "LOC", "و", "كازاخستان"),
        ("لروسيا", "LOC", "ل", "روسيا"),
        ("وبالقاهرة", "LOC", "وب", "القاهرة"),
        ("للأمم المتحدة", "ORG", "ل", "لأمم المتحدة"),
        ("للولايات المتحدة", "LOC", "ل", "لولايات المتحدة"),
        ("للبنان", "LOC", "ل", "لبنان"),
        ("ليبيا", "LOC", "", "ليبيا"),
        ("لليبيا", "LOC", "ل", "ليبيا"),
        ("والسعودية", "LOC", "و", "السعودية"),
        ("بالخارجية الروسية", "ORG", "ب", "الخارجية الروسية"),
        ("وَلِلأمم المتحدة", "ORG", "وَلِ", "لأمم المتحدة"),
        ("لترامب", "PER", "ل", "ترامب"),
        ("بايدن", "PER", "", "بايدن"),
        ("وليد جنبلاط", "PER", "", "وليد جنبلاط"),
        ("ووليد جنبلاط", "PER", "و", "وليد جنبلاط"),
        ("لافروف", "PER", "", "لافروف"),
        ("ولافروف", "PER", "و", "لافروف"),
        # Nobody has heard of these: و is taken for a conjunction, another letter for the name's own.
        ("وسخبرتوف", "PER", "و", "سخبرتوف"),
        ("كسخبرتوف", "PER", "", "كسخبرتوف"),
        ("لمحمد القحطبي", "PER", "ل", "محمد القحطبي"),
    ],
)
def test_proclitics_stand_outside(text: str, kind: str, prefix: str, surface: str) -> None:
    mention = only(f"«{text}»", (kind, 0, len(tokenize(text)) + 2))
    assert (mention.prefix, mention.surface, mention.confidence) == (prefix, surface, 0.7)
    assert mention.start == 1 + len(prefix)


def test_the_text_itself_tells_a_proclitic_from_a_first_letter() -> None:
    text = "سخبرتوف لسخبرتوف"
    assert [m.prefix for m in annotate([text], Told(("PER", 0, 1), ("PER", 1, 2)))[0]] == ["", "ل"]


def test_quotation_marks_and_titles_stand_outside() -> None:
    mention = only('و"فيفيان يي"', ("PER", 0, 5))
    assert (mention.surface, mention.prefix) == ("فيفيان يي", "")
    mention = only("الرئيس الدكتور محمود عباس", ("PER", 0, 4))
    assert (mention.surface, mention.title) == ("محمود عباس", "الرئيس الدكتور")
    mention = only("والملك محمد السادس", ("PER", 1, 3))
    assert (mention.surface, mention.title) == ("محمد السادس", "الملك")
    mention = only("الرئيس الكازاخستاني قاسم جومارت توكاييف", ("PER", 1, 5))
    assert mention.surface == "قاسم جومارت توكاييف"
    mention = only("محمد شياع السوداني", ("PER", 0, 3))
    assert mention.surface == "محمد شياع السوداني"
    mention = only("موقع 24", ("ORG", 0, 2))
    assert mention.surface == "موقع 24"


def test_a_relational_adjective_is_no_mention() -> None:
    assert annotate(["الجانب الروسي"], Told(("LOC", 1, 2))) == [[]]


def test_marks_alone_are_no_mention() -> None:
    assert annotate(["« ـ »"], Told(("ORG", 0, 3))) == [[]]


def test_demonyms_lead_to_their_place() -> None:
    text = "قال الوزير الأميركي للروس والكوري الشمالي إن الاتحاد الأوروبي والسعوديين"
    mentions = annotate([text], Gazetteer())[0]
    assert [m.surface for m in mentions] == ["الاتحاد الأوروبي"]
    found = find_demonyms(text, mentions)
    assert [(d.prefix, d.surface, d.place) for d in found] == [
        ("", "الأميركي", "LOC/country/US"),
        ("ل", "لروس", "LOC/country/RU"),
        ("و", "الكوري الشمالي", "LOC/country/KP"),
        ("و", "السعوديين", "LOC/country/SA"),
    ]
    assert all(text[d.start : d.end] == d.surface for d in found)


def test_names_everywhere_in_a_text() -> None:
    text = "موسكو-سانا\nكلمات دلالية: آسیا الوسطى غزة وإسرائيل #السعودية\nقالت الحكومة السعودية (رويترز)."
    found = annotate([text], Gazetteer())[0]
    assert [(m.type, m.surface) for m in found] == [
        ("LOC", "موسكو"), ("ORG", "سانا"), ("LOC", "آسیا الوسطى"), ("LOC", "غزة"), ("LOC", "إسرائيل"),
        ("LOC", "السعودية"), ("ORG", "رويترز"),
    ]  # fmt: skip


def test_texts_do_not_lean_on_one_another() -> None:
    texts = ["زار بوتين كازاخستان.", "", "لسخبرتوف", "سخبرتوف", "قال لافروف إن موسكو لن تقبل. وأضاف."]
    together = annotate(texts, Gazetteer())
    assert together == [annotate([text], Gazetteer())[0] for text in texts]
    assert together[::-1] == annotate(texts[::-1], Gazetteer())


PARTS = [
    "وال",
    "ولل",
    "لل",
    "روسيا",
    "#بوتين",
    "“",
    "”",
    ".",
    "\n",
    " آسیا",
    " الوسطى",
    "\u200f",
    " الأمم_المتحدة",
    "24",
    "ـ",
    "َ",
    " ",
]


@given(st.lists(st.sampled_from(PARTS)))
def test_offsets_are_exact_whatever_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    for mention in annotate([text], Gazetteer())[0]:
        assert text[mention.start : mention.end] == mention.surface
        assert text[mention.start - len(mention.prefix) : mention.start] == mention.prefix
        assert any(start <= mention.start and mention.end <= end for start, end in split_sentences(text))


def test_words_that_a_recogniser_takes_for_names_are_none() -> None:
    assert annotate(["حمد الله"], Told(("MISC", 1, 2))) == [[]]
    assert annotate(["غير صالح للبيع"], Told(("PER", 1, 2)))[0][0].surface == "صالح"  # sure enough
    assert only("وقال صالح القحطبي", ("PER", 1, 3)).surface == "صالح القحطبي"


def test_money_is_no_name() -> None:
    assert annotate(["مئة دولار"], Told(("MISC", 1, 2))) == [[]]
    assert annotate(["مئة ليرة سورية"], Told(("LOC", 2, 3))) == [[]]
    assert annotate(["مئة ريال عماني"], Told(("ORG", 1, 3))) == [[]]
    assert only("فوز ريال مدريد", ("ORG", 1, 3)).surface == "ريال مدريد"
