"""Phrases of `seeds/phrases.csv`: each row on its own line, what they are made of, what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rasd.arabic.text import fold
from rasd.errors import SettingError
from rasd.reading.lines import Piece, piece
from rasd.reading.phrases import NAMELESS, USES, Phrase, Phrases, load_phrases, read_phrases
from rasd.reading.rights import rights_holder, speaks_of_rights
from rasd.reading.templates import PhraseError, make, make_bare

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = {"house": ["صحيفه", "موقع"], "press": ["نيوز", "برس"]}
_USE = USES[:1]


def _line(text: str) -> Piece:
    line = piece(text, 0, len(text))
    assert line is not None
    return line


def _names(phrase: str, text: str) -> list[str]:
    row = Phrase(_USE[0], phrase, text, "", 1, make(phrase, _KINDS))
    return [found.name for found in Phrases([row]).find(_USE, _line(text))]


_NAMING = [row for row in load_phrases().rows if row.use not in NAMELESS]
_OF_RIGHTS = [row for row in load_phrases().rows if row.use in NAMELESS]


@pytest.mark.parametrize("row", _OF_RIGHTS, ids=lambda row: f"line {row.line}")
def test_without_the_words_of_rights_the_name_is_left(row: Phrase) -> None:
    assert load_phrases().spans((row.use,), row.example)
    assert speaks_of_rights(_line(row.example))
    assert rights_holder(row.example) == row.name


@pytest.mark.parametrize("row", _NAMING, ids=lambda row: f"line {row.line}")
def test_each_phrase_finds_the_name_in_its_example(row: Phrase) -> None:
    found = {found.name: found for found in load_phrases().find((row.use,), _line(row.example))}
    assert row.name in found
    assert row.name in row.example[found[row.name].start : found[row.name].end]


@pytest.mark.parametrize("row", _NAMING, ids=lambda row: f"line {row.line}")
def test_whatever_a_phrase_finds_holds_its_words(row: Phrase) -> None:
    for line in (other.example for other in load_phrases().rows):
        if row.pattern.search(fold(line)):
            assert not row.template.anchors.isdisjoint(_line(line).said)
            assert row.may_stand_in(fold(line))


def test_every_use_has_a_phrase() -> None:
    assert {row.use for row in load_phrases().rows} == set(USES)


@pytest.mark.parametrize(
    ("phrase", "line", "names"),
    [
        # Words, after folding, with a proclitic before the first; they are whole words.
        ("رأي {name} بالضرورة", "المقال لا يعبّر عن رأي دفتر النهر بالضرورة", ["دفتر النهر"]),
        ("إدارة {name} {end}", "بإداره دفتر النهر", ["دفتر النهر"]),
        ("رأي {name} {end}", "آرأي دفتر النهر", []),
        # One of several, one or none, any number.
        ("(عبر/من خلال) {name} {end}", "يصلكم من خلال دفتر النهر", ["دفتر النهر"]),
        ("إذن [مسبق] من {name} {end}", "إلا بإذن من دفتر النهر", ["دفتر النهر"]),
        ("إذن [مسبق/خطي]* من {name} {end}", "بإذن خطي مسبق من دفتر النهر.", ["دفتر النهر"]),
        ("[كل] أخبار {name} {end}", "كل أخبار دفتر النهر", ["دفتر النهر"]),
        ("أسرة/هيئة", "", None),
        # Letters of one word, and words that begin so.
        ("(ت/ي)نشر[ه] {name} {end}", "ما ينشره دفتر النهر", ["دفتر النهر"]),
        ("(ت/ي)نشر[ه] {name} {end}", "ما ننشره دفتر النهر", []),
        ("تابع* صفحة {name} {end}", "تابعونا صفحة دفتر النهر", ["دفتر النهر"]),
        # Names of each sort.
        ("من {name} {end}", "جديدنا من دفتر 24", ["دفتر 24"]),
        ("من {name} {end}", "جديدنا من دفتر. النهر", []),
        ("عند {words} {stop}", "عند دفتر النهر: قال", ["دفتر النهر"]),
        ("عند {words} إن", "عند دفتر النهر والبحر والجبل الكبير إن", []),
        ("ل{quoted}", "وقال لـ«دفتر النهر» إن", ["دفتر النهر"]),
        ("ل{quoted}", 'وقال لـ"دفتر النهر" إن', ["دفتر النهر"]),
        ("موقع {bracketed}", "عبر موقع (دفتر النهر)", ["دفتر النهر"]),
        ("عليه {press}", "حصلت عليه دفتر النهر نيوز أمس", ["دفتر النهر نيوز"]),
        # Places on the line, and signs.
        ("{start} {name} غير مسؤول", "دفتر النهر غير مسؤول", ["دفتر النهر"]),
        ("{start} يصدر {name} {end}", "هنا يصدر دفتر النهر", []),
        ("{start} {name} {sign} العدد {number}", "دفتر النهر | العدد 40", ["دفتر النهر"]),
        ("المصدر : {name} {end}", "أمس المصدر: دفتر النهر", ["دفتر النهر"]),
        ("(لا/ولا) تلزم {name} ({stop}/{number})", "ولا تلزم دفتر النهر، بل صاحبها", ["دفتر النهر"]),
        ("نشر في {name} يوم {any} {number}", "نشر في دفتر النهر يوم السبت 4", ["دفتر النهر"]),
        ("يكتب {few} في {house} {quoted}", "يكتب كل أسبوع في صحيفة «دفتر»", ["دفتر"]),
        ("{start} {name} أول موقع {adjective}", "دفتر النهر أول موقع مغربي", ["دفتر النهر"]),
        ("{start} {name} أول موقع {adjective}", "دفتر النهر أول موقع المغرب", []),
    ],
)
def test_what_phrases_are_made_of(phrase: str, line: str, names: list[str] | None) -> None:
    if names is None:
        with pytest.raises(PhraseError, match="parts words outside of brackets"):
            make(phrase, _KINDS)
    else:
        assert _names(phrase, line) == names


def test_a_name_keeps_the_letters_that_the_page_has() -> None:
    assert _names("رأي {name} بالضرورة", "رأيِ آفـاق عُمان بالضرورة") == ["آفـاق عُمان"]


@pytest.mark.parametrize(
    ("phrase", "wrong"),
    [
        ("رأي {nam} هنا", "nothing is known as {nam}"),
        ("رأي {name هنا", "a { is not closed"),
        ("رأي name} هنا", "a } that nothing opens"),
        ("(رأي/آراء {name}", r"a bracket is not closed: \) is missing"),
        ("(رأي] {name}", r"\] stands where \) has to"),
        ("رأي) {name}", r"'\)' closes what is not open"),
        ("(رأي/) {name}", "nothing beside a /"),
        ("() {name}", "brackets with nothing in them"),
        ("* {name}", "a \\* with no letters before it"),
        ("رأي {name} عند {words}", "several names in one phrase: name, words"),
        ("رأي القراء", "no name in it"),
        ("{name} غير مسؤول", "nothing stands before the name"),
        ("[رأي] تابع* {name}", "no whole word always stands in it"),
    ],
)
def test_what_is_wrong_with_a_phrase_is_told(phrase: str, wrong: str) -> None:
    with pytest.raises(PhraseError, match=wrong) as told:
        make(phrase, _KINDS)
    assert told.value.do


def test_a_phrase_without_a_name_holds_none() -> None:
    with pytest.raises(PhraseError, match="a name where none is looked for"):
        make_bare("حقوق {name}", _KINDS)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("naming,رأي {nam},رأي دفتر,دفتر", "'رأي {nam}' is not understood: nothing is known as {nam}"),
        ("nameing,رأي {name} {end},رأي دفتر,دفتر", "no use is 'nameing'"),
        ("naming,رأي {name} {end},رأي دفتر", "a row needs 4 fields"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_line(tmp_path: Path, row: str, wrong: str) -> None:
    path = tmp_path / "phrases.csv"
    path.write_text(f"# Phrases.\nuse,phrase,example,name\n\n{row}\n", encoding="utf-8")
    with pytest.raises(SettingError) as told:
        read_phrases(path)
    assert wrong in str(told.value)
    assert "line 4" in str(told.value)
