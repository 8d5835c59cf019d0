"""How sure a reading is: what lowers it, and that its table knows all that it is asked for."""

from __future__ import annotations

import pytest

from rasd.reading import confidence
from rasd.reading.confidence import evidence, evidence_beside, judge
from rasd.reading.drafts import Draft
from rasd.reading.evidence import load_table
from rasd.reading.facts import Facts
from rasd.reading.lines import Piece, split_lines
from rasd.reading.reader import draft_page

_PAGE = "\n".join((
    "البلدية تفتتح ملعبا جديدا في الحي الشرقي",
    "افتتحت بلدية المدينة صباح اليوم ملعبا جديدا في الحي الشرقي بعد أعمال استمرت ستة أشهر وكلفت مليون دينار.",
    "وقال رئيس البلدية نادر الخطيب إن الملعب يتسع لألفي متفرج، وإن أبوابه مفتوحة لأندية الأحياء طوال الأسبوع.",
    "وأضاف أن البلدية تنوي إنشاء ملعبين آخرين في العام المقبل إذا توفر التمويل اللازم لذلك.",
))  # fmt: skip


@pytest.fixture
def page() -> tuple[Draft, list[Piece]]:
    drafted = draft_page(_PAGE)
    return drafted.drafts[0], drafted.pieces


def _chance(page: tuple[Draft, list[Piece]], inside: list[float]) -> float:
    return judge(*page, Facts(), inside)[0]


def test_the_least_sure_line_says_how_sure_a_text_is(page: tuple[Draft, list[Piece]]) -> None:
    chances = [_chance(page, [0.001, 0.999, one, 0.999]) for one in (0.999, 0.97, 0.92, 0.85, 0.75, 0.6, 0.4)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.8
    assert chances[-1] < 0.5


def test_a_doubtful_line_is_told(page: tuple[Draft, list[Piece]]) -> None:
    assert judge(*page, Facts(), [0.001, 0.999, 0.999, 0.999])[1] == ()
    assert judge(*page, Facts(), [0.001, 0.999, 0.6, 0.999])[1] == ("a line of it may be no part of the text",)


def test_what_interrupts_a_text_makes_it_less_sure(page: tuple[Draft, list[Piece]]) -> None:
    draft, pieces = page
    whole = _chance(page, [0.001, 0.999, 0.999, 0.999])
    draft.body = [1, 3]
    assert "interrupted" in evidence(draft, pieces, [0.001, 0.999, 0.001, 0.999])
    assert _chance(page, [0.001, 0.999, 0.001, 0.999]) < whole


def test_every_row_of_the_table_can_be_asked_for(page: tuple[Draft, list[Piece]]) -> None:
    draft, pieces = page
    for line in pieces:
        line.rule = "weighed: body"
    pieces[1].heading = True
    found = evidence(draft, pieces, [0.9] * 4) | evidence(Draft("main", body=[1]), pieces, [0.9] * 4)
    draft.body = [1, 3]
    found |= evidence(draft, pieces, [0.9] * 4)
    assert load_table(confidence.TABLE).keys() - {"no evidence"} <= found


def _beside(**known: object) -> Draft:
    draft = Draft("related", title=0, body=[1, 2, 3], number=1)
    for name, value in known.items():
        setattr(draft, name, value)
    return draft


def test_an_article_beside_the_main_one_is_as_sure_as_its_lines_and_its_edges(page: tuple[Draft, list[Piece]]) -> None:
    _, pieces = page
    chances = [judge(_beside(), pieces, Facts(), [0.999, 0.999, one, 0.999])[0] for one in (0.999, 0.85, 0.4)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.8
    edges = [judge(_beside(margin=one), pieces, Facts(), [0.999] * 4)[0] for one in (9.0, 1.5, 0.2)]
    assert edges == sorted(edges, reverse=True)
    assert edges[-1] < 0.8
    left_out = judge(_beside(body=[1, 2]), pieces, Facts(), [0.999] * 4)
    assert left_out[0] == chances[0]  # of another article
    pieces[3].label("boilerplate", "left out")
    doubted = judge(_beside(body=[1, 2]), pieces, Facts(), [0.999] * 4)
    assert doubted[0] < chances[0]
    assert doubted[1][0] == "a line that was left out may be part of the text"


def test_every_row_of_the_table_of_articles_beside_can_be_asked_for(page: tuple[Draft, list[Piece]]) -> None:
    _, pieces = page
    pieces[3] = split_lines("وأضاف ذلك")[0]
    found = evidence_beside(_beside(body=[1, 2, 3], margin=0.1, number=2), pieces, [0.4] * 4)
    found |= evidence_beside(_beside(title=None, body=[1]), pieces, [0.9] * 4)
    found |= evidence_beside(_beside(body=[2]), pieces, [0.9] * 4)
    found |= evidence_beside(_beside(title=2, body=[3]), pieces, [0.9] * 4)
    pieces[2].heading = True
    found |= evidence_beside(_beside(body=[1, 3]), pieces, [0.9] * 4) | evidence_beside(_beside(), pieces, [0.9] * 4)
    assert load_table(confidence.BESIDE).keys() - {"no evidence"} <= found
