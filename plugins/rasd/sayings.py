"""What Rasd says in English where something is wrong, in Arabic: desks read their pages and digests in Arabic.

The English sentence is the key, as in gettext; `{}` stands for what differs. A sentence that has no Arabic yet is shown
as it is.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rasd import references

_FIRST_STRONG, _POP = "\u2068", "\u2069"  # names and paths keep their direction (Unicode isolates, UAX 9)
_WITH_DETAIL = re.compile(r"(?P<what>.+?) \((?P<detail>.+)\)", re.DOTALL)


def in_arabic(text: str) -> str:
    """Return a sentence of Rasd's in Arabic; one in English where there is none."""
    said = _said(text)
    if said is None and (parted := _WITH_DETAIL.fullmatch(text)) and (what := _said(parted["what"])) is not None:
        said = f"{what} ({_FIRST_STRONG}{parted['detail']}{_POP})"
    return text if said is None else said


def _said(text: str) -> str | None:
    exact, patterns = _sayings()
    if text in exact:
        return exact[text]
    for pattern, arabic in patterns:
        if found := pattern.fullmatch(text):
            return arabic.format(*map(_isolated, found.groups()))
    return None


def _isolated(value: str) -> str:
    return value if value.isdecimal() else f"{_FIRST_STRONG}{in_arabic(value)}{_POP}"


@cache
def _sayings() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    exact, patterns = {}, []
    for row in references.rows(Path(__file__).with_name("sayings.csv")):
        if "{}" in row["en"]:
            parts = map(re.escape, row["en"].split("{}"))
            patterns.append((re.compile("(.+?)".join(parts), re.DOTALL), row["ar"]))
        else:
            exact[row["en"]] = row["ar"]
    return exact, patterns
