"""The rules by which names of different articles are joined, and what they refuse."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rasd.annotating.annotate import annotate
from rasd.annotating.gazetteer import Gazetteer
from rasd.annotating.model import Mention
from rasd.annotating.names import load_names
from rasd.resolving.context import Part, Setting, demonyms_of, settings
from rasd.resolving.document import aliases, resolve
from rasd.resolving.joining import (
    MOST_BEARERS,
    Bearer,
    Sense,
    attach,
    block,
    complete_linkage,
    join_block,
    sense_key,
)


def sense(name: str, country: str | None = None, field: str | None = None, *company: str, **more: object) -> Sense:
    key = sense_key("PER", name, country, field)
    return Sense(key, "PER", name, country, field, companions=frozenset(company), **more)  # type: ignore[arg-type]


ALI = "محمد العلي"
BLOCK = [
    sense(ALI, "SY", "state"),
    sense(ALI, "SY"),
    sense(ALI, "QA", "sport", "a", "b"),
    sense(ALI, "AE", "sport", "a", "b"),
    sense(ALI, "SA"),
    sense(ALI),
    sense(ALI, None, "letters"),
]


def test_a_common_name_is_told_apart_by_setting_and_brought_together_by_company() -> None:
    found = join_block(BLOCK)
    keys = {s.key: found[s.key].key for s in BLOCK}
    assert keys["PER/محمد العلي@SY"] == keys["PER/محمد العلي@SY/state"] != keys["PER/محمد العلي@SA"]
    assert keys["PER/محمد العلي@QA/sport"] == keys["PER/محمد العلي@AE/sport"]
    assert "name and company" in {found[f"PER/محمد العلي@{country}/sport"].rule for country in ("AE", "QA")}
    assert found["PER/محمد العلي"].is_open
    assert len(found["PER/محمد العلي"].candidates) >= 2


@given(st.permutations(BLOCK))
def test_the_order_of_senses_does_not_matter(senses: list[Sense]) -> None:
    assert join_block(senses) == join_block(BLOCK)


def test_likeness_joins_no_chain() -> None:
    near = {("a", "b"), ("b", "c")}
    clusters = complete_linkage(["a", "b", "c"], lambda x, y: float((x, y) in near))
    assert clusters == [["a", "b"], ["c"]]


def test_a_fuller_name_needs_a_common_country() -> None:
    short, full = "منى قرطباوي", "منى سليم قرطباوي"
    assert block("PER", short) == block("PER", full)
    here, there = frozenset({"LB"}), frozenset({"EG"})
    one = join_block([sense(short, countries=here), sense(full, countries=here)])
    assert one[f"PER/{short}"].key == f"PER/{full}"
    two = join_block([sense(short, countries=there), sense(full, countries=here)])
    assert two[f"PER/{short}"].key == f"PER/{short}"


def bearer(key: str, country: str, *company: str, is_introduced: bool = False) -> Bearer:
    words = tuple(key.split())
    return Bearer(key, words, frozenset({country}), frozenset(), frozenset(company), is_introduced)


def test_a_surname_points_to_the_one_bearer_that_fits_and_stays_open_between_two() -> None:
    alone = sense("ستيرنيك", "RU")
    one = bearer("الكسندر ستيرنيك", "RU")
    assert attach(alone, [one])[0].key == one.key
    assert attach(alone, [one, bearer("بافل ستيرنيك", "CZ")])[0].rule == "part of a name and country"
    joined, attached = attach(alone, [one, bearer("بافل ستيرنيك", "RU")])
    assert (attached, joined.is_open, len(joined.candidates)) == (False, True, 2)
    assert attach(sense("العلي", "SY"), [bearer("محمد العلي", "SY")])[1] is False, "a common surname says nothing"
    crowd = [bearer(f"س{i} ستيرنيك", "RU") for i in range(MOST_BEARERS + 1)]
    assert attach(alone, crowd)[0].is_open


def test_an_article_tells_country_and_field_of_a_person() -> None:
    text = "قال وزير النفط السوري محمد العلي في موسكو إن روسيا وتركيا وروسيا ستشتري."
    start = text.index("محمد")
    person = Mention("PER", start, start + len(ALI), ALI, "", 1.0)
    places = annotate([text], Gazetteer())[0]
    mentions = sorted([person, *(m for m in places if m.type != "PER")], key=lambda m: m.start)
    part = Part(text, mentions, resolve(mentions), demonyms_of(text, mentions))
    assert settings([part], {"PER/محمد العلي"}) == {"PER/محمد العلي": Setting("SY", "state")}


def test_what_an_article_calls_the_same_is_one() -> None:
    text = "أعلنت منظمة رفد الزراعية (رفد) ذلك"
    spans = [(s, text.index(s)) for s in ("منظمة رفد الزراعية", "رفد)")]
    named = [Mention("ORG", at, at + len(s), s, "", 1.0) for s, at in spans]
    named[1] = Mention("ORG", named[1].start, named[1].end - 1, "رفد", "", 1.0)
    pairs = aliases({"body": text}, {"body": named})
    assert pairs == [(0, 1)]
    long, short = resolve(named, load_names(), pairs)
    assert (long.key, short.rule) == (short.key, "alias")
