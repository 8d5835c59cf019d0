"""The table of words: each kind of them is explained where people add to it, and has words."""

from __future__ import annotations

from dataclasses import fields

import pytest

from rasd.reading.wording import Words, load_words
from rasd.references import reference


@pytest.mark.parametrize("kind", [kind.name for kind in fields(Words)])
def test_each_kind_of_word_is_explained_and_has_words(kind: str) -> None:
    comments = [line for line in reference("words.csv").read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    assert any(line.removeprefix("# kind:").strip(" #").startswith(f"{kind} ") for line in comments)
    assert getattr(load_words(), kind)
