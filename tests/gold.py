"""The labelled real pages in `../shared`, for the tools that measure on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

# Kinds of segments whose names are labelled on the gold pages.
_LABELLED = frozenset({"title", "metadata", "dateline", "main_article", "related_article", "tweet", "tags"})


def gold_pages(data: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the decoded text and the labels of each gold page."""
    for path in sorted((data / "gold").glob("0*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield (data / "seeds" / gold["file"]).read_bytes().decode("utf-8"), gold


def labelled_stretches(text: str, gold: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return the ranges of a gold page where every name is labelled: an English post is left out."""
    ranges = []
    for segment in gold["segments"]:
        if segment["kind"] not in _LABELLED:
            continue
        start, end = segment["start"], segment["end"]
        if segment["kind"] == "tweet":
            body = next(t["body"] for t in gold["tweets"] if t["segment"] == segment["id"])
            start, end = body["start"], body["end"]
            if not any("\u0621" <= c <= "\u064a" for c in text[start:end]):
                continue
        ranges.append((start, end))
    return ranges
