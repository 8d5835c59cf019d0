"""How sure a reading is: what lowers it, and that its table knows all that it is asked for."""

from __future__ import annotations

import pytest

from rasd.reading import confidence
from rasd.reading.confidence import evidence, judge
from rasd.reading.drafts import Draft
from rasd.reading.evidence import load_table
from rasd.reading.facts import Facts
from rasd.reading.lines import Piece
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
