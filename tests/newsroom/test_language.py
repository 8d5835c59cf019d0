"""Two languages, each whole, each written as its readers write."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup

from rasd.landing.reasons import REASONS
from rasd.newsroom import desk, language
from rasd.newsroom.language import choose
from rasd.resolving import document, joining

_TEMPLATES = [path.read_text(encoding="utf-8") for path in Path(desk.HERE / "templates").glob("*.html")]


def test_every_key_says_something_in_both_languages_with_the_same_blanks() -> None:
    arabic, english = (language.catalogue()[code] for code in ("ar", "en"))
    assert arabic.keys() == english.keys()
    for key in english:
        assert arabic[key].strip(), key
        assert english[key].strip(), key
        blanks = [set(re.findall(r"{(\w+)}", text)) for text in (arabic[key], english[key])]
        assert blanks[0] == blanks[1], key


def test_every_key_of_the_templates_is_in_the_catalogue() -> None:
    keys = {k for text in _TEMPLATES for k in re.findall(r"""\bt(?:\.count)?\(\s*["'](\w+)["']\s*[,)]""", text)}
    assert len(keys) > 50
    assert keys <= language.catalogue()["en"].keys()


def test_no_key_is_left_over() -> None:
    made = {f for text in _TEMPLATES for f in re.findall(r"""["'](\w+_)["']\s*~""", text)}
    made |= {f"{kind}_" for text in _TEMPLATES for kind in re.findall(r"""\bt\.named\(["'](\w+)["']""", text)}
    used = "\n".join([*_TEMPLATES, *(p.read_text(encoding="utf-8") for p in desk.HERE.glob("*.py"))])
    for key in language.catalogue()["en"]:
        assert re.search(rf"""["']{key}["']""", used) or any(key.startswith(m) for m in made), key


def test_rules_and_reasons_have_a_name_in_both_languages() -> None:
    rules = {*document.SCORES, *joining.SCORES, "decision"}
    t = choose("en", "")
    for kind, words in (("rule", rules), ("reason", REASONS)):
        assert {w for w in words if not isinstance(t.named(kind, w), Markup)} == set()
    assert t.named("rule", "<b>") == "<b>", "escaped by the template, as every value"


@pytest.mark.parametrize(
    ("chosen", "accepted", "code"),
    [
        (None, "ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        (None, "fr,en;q=0.7,ar;q=0.8", "ar"),
        (None, "de", "en"),
        (None, "", "en"),
        (None, "*;q=x,,", "en"),
        ("en", "ar-EG", "en"),
        ("ar", "en-GB", "ar"),
        ("xx", "", "en"),
    ],
)
def test_the_language_is_chosen_by_hand_then_by_the_browser(chosen: str | None, accepted: str, code: str) -> None:
    assert choose(chosen, accepted).code == code


def test_digits_and_months_are_those_of_the_readers_country() -> None:
    day = date(2026, 7, 3)
    assert choose(None, "ar-EG").day(day) == "٣ يوليو ٢٠٢٦"
    assert choose(None, "ar-LB").day(day) == "٣ تموز ٢٠٢٦"
    assert choose(None, "ar-MA").day(day) == "3 يوليوز 2026"
    assert choose(None, "en-GB").day(day) == "3 Jul 2026"
    assert choose(None, "ar-EG").number(12345) == "١٢٬٣٤٥"


def test_counts_take_the_form_that_arabic_asks_for() -> None:
    t = choose(None, "ar-AE")
    assert [str(t.count("n_words", n)) for n in (0, 1, 2, 3, 11, 100)] == [
        "بلا كلمات", "كلمة واحدة", "كلمتان", "3 كلمات", "11 كلمة", "100 كلمة",
    ]  # fmt: skip


def test_what_is_filled_in_is_escaped() -> None:
    assert "<b>" not in choose(None, "en")("signed_in", name="<b>")
