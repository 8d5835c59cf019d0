"""What holds for the reading of any text whatever; used by the property tests and by the fuzzer."""

from __future__ import annotations

from datetime import date
from typing import get_args

from rasd.arabic.text import fingerprint, fold
from rasd.reading.model import Article, Reading, SegmentKind
from rasd.reading.reader import read

_KINDS = get_args(SegmentKind)


def check(text: str, *, landed: date | None = None) -> Reading:
    """Read the text and assert the laws; return the reading."""
    reading = read(text, landed=landed)
    assert reading == read(text, landed=landed), "the same text was read in two ways"
    _check_tiling(text, reading)
    assert [a.role for a in reading.articles] == (["main"] + ["related"] * len(reading.articles))[
        : len(reading.articles)
    ]
    for article in reading.articles:
        assert article.body.strip(), "an article without a body"
        assert article.fingerprint == fingerprint(article.body)
        assert 0 <= article.confidence <= 1
        spans = [*article.tags, *(s for s in (article.title, article.kicker) if s)]
        ranges = [
            *article.sentences,
            *((s.start, s.end) for s in spans),
            *((q.start, q.end) for q in article.quotations),
            *((t.start, t.end) for t in article.tweets),
        ]
        if article.published and article.published.start is not None:
            ranges.append((article.published.start, article.published.end or 0))
        for start, end in ranges:
            assert 0 <= start < end <= len(text), f"{start}-{end} is no place on the page"
        assert list(article.sentences) == sorted(set(article.sentences))
        _check_body(text, article.body, article.body_map)
        _check_inside(article)
    return reading


def _check_inside(article: Article) -> None:
    """Sentences and quotations of the body are in order, inside it, and on the page where the article says."""
    at = 0
    for start, end in article.body_sentences:
        assert at <= start < end <= len(article.body), "sentences overlap or leave the body"
        assert not article.body[at:start].strip(" \n\t\u200c"), "text between two sentences"
        at = end
        assert article.body_map.to_source(start, end) in article.sentences
    for quotation in article.body_quotations:
        start, end = article.body_map.to_source(quotation.start, quotation.end)
        assert any((q.start, q.end, q.speaker) == (start, end, quotation.speaker) for q in article.quotations)


def _check_tiling(text: str, reading: Reading) -> None:
    at = 0
    for segment in reading.segments:
        assert segment.start == at, "a gap or an overlap between segments"
        assert segment.end > segment.start
        assert segment.kind in _KINDS
        assert segment.rule
        assert segment.article is None or 0 <= segment.article < len(reading.articles)
        at = segment.end
    assert at == len(text), "the segments do not reach the page's end"


def _check_body(text: str, body: str, body_map: object) -> None:
    """Every line of the body leads back to where its words stand on the page."""
    at = 0
    for line in body.split("\n"):
        if line.strip() and "\ufffd" not in line:
            start, end = body_map.to_source(at, at + len(line))  # type: ignore[attr-defined]
            found, said = fold(text[start:end]), fold(line)
            assert _letters(found) == _letters(said) or _is_repaired(text[start:end]), "the body does not lead back"
        at += len(line) + 1


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _is_repaired(raw: str) -> bool:
    """Mojibake reads otherwise on the page than in the body; it is known by its signs."""
    return any(0x80 <= ord(c) <= 0xFF or ord(c) in range(0x2010, 0x2130) or c in "ŒœŠšŽžŸƒˆ˜" for c in raw) or any(
        c in "طظ" for c in raw
    )
