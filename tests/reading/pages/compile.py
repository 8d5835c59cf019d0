"""Compile the labelled pages beside this file: marked-up sources to page bytes and gold labels.

    python tests/reading/pages/compile.py OUT [--half dev|broad|stories|waves-1|…|held_out]

writes `OUT/<half>/<name>.txt` (the page as it would be delivered), `<name>.json` (labels in the fields of
`arnews-gold/1`) and `manifest.json` (labelled pairs). As a module: `load("dev")`, `load_pairs("dev")`.
The markup is described in README.md. All offsets are Python string indices into the decoded page.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# Sets that may be looked at while writing rules, those that were set aside, and all of them.
OPEN = (
    "dev",
    "broad",
    "stories",
    *(f"waves-{n}" for n in (*range(1, 8), *range(9, 30), 31, 32, *range(34, 37), *range(38, 41), 43, 44)),
    "real-like",
    "aside-1",
    "aside-2",
)
SET_ASIDE = ("held_out", "waves-30", "waves-33", "waves-37", "waves-41", "waves-42", "waves-45")
HALVES = (*OPEN, *SET_ASIDE)
PAIR_LABELS = (
    *("same_body", "reprint", "edited", "abridged", "update"),
    *("shared_passage", "same_event", "not_duplicate_shared_boilerplate"),
)
ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8", "utf-16-le": "utf-16-le", "windows-1256": "windows-1256"}
HEADER_KEYS = {"layout", "encoding", "newline", "ending", "landed", "group", "article", "mojibake", "note"}

# tag: (kind, subkind). A subkind of None must be given in the page as `sub=`.
SEGMENT_TAGS: dict[str, tuple[str, str | None]] = {
    "title": ("title", "headline"),
    "kicker": ("title", "kicker"),
    "again": ("title", "repeated"),
    "date": ("metadata", "published_date"),
    "source": ("metadata", "source"),
    "byline": ("metadata", "byline"),
    "meta": ("metadata", None),
    "dateline": ("dateline", "inline"),
    "body": ("main_article", "body"),
    "sub": ("main_article", "subheading"),
    "pull": ("main_article", "pull_line"),
    "table": ("main_article", "table"),
    "rtitle": ("related_article", "headline"),
    "rbody": ("related_article", "body"),
    "rsub": ("related_article", "subheading"),
    "tweet": ("tweet", "embedded"),
    "nav": ("navigation", None),
    "tags": ("tags", "keywords"),
    "marker": ("related_marker", "marker"),
    "bp": ("boilerplate", None),
}
POINT_TAGS = {"on", "place", "agency", "outlet", "author", "t", "i"}
HEADINGS = {"headline", "kicker", "repeated", "subheading", "pull_line"}
BODY_KINDS = {"main_article", "related_article"}

_TAG = re.compile(r'<(/?)([a-z]+)((?:\s+[a-z]+=(?:"[^"]*"|[^\s>"/]+))*)\s*(/?)>')
_ATTRIBUTE = re.compile(r'([a-z]+)=(?:"([^"]*)"|([^\s>"/]+))')
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\(t)")
_SENTENCE_END = re.compile(r'(?:(?<!\.)\.(?!\.)|[!؟?]+\.?)["”»’)\]]*(?=\s)')
_ATTRIBUTION = re.compile(r"— (?P<author>[^\n]*?) \((?P<handle>@\w+)\) (?P<date>[^\n]+)\Z")
_URL = re.compile(r"(?:https?://|pic\.twitter\.com/)[A-Za-z0-9./_-]+")


class PageError(ValueError):
    """A source that breaks the rules of the markup; the message names the page."""


@dataclass
class LabelledPage:
    """A page as delivered (`content`), as decoded (`text`), and its gold labels."""

    name: str
    half: str
    layout: str
    content: bytes
    text: str
    landed: date | None
    labels: dict[str, Any]


@dataclass
class _Mark:
    tag: str
    attributes: dict[str, str]
    start: int
    end: int = -1
    group: str | None = None


@dataclass
class _Builder:
    name: str
    half: str
    newline: str
    mojibake: str | None = None
    out: list[str] = field(default_factory=list)
    length: int = 0
    segments: list[_Mark] = field(default_factory=list)
    points: list[_Mark] = field(default_factory=list)
    forced: dict[int, bool] = field(default_factory=dict)
    group: str = "M"
    related: int = 0

    def write(self, text: str) -> None:
        text = text.replace("\n", self.newline)
        if self.mojibake:
            text = "".join(misread(byte, self.mojibake) for byte in text.encode())
        self.out.append(text)
        self.length += len(text)


def load(half: str) -> list[LabelledPage]:
    """All labelled pages of a half (one of `HALVES`), sorted by name."""
    return [compile_page(half, path.stem) for path in sorted((HERE / half).glob("*.page"))]


def load_pairs(half: str) -> list[dict[str, str | None]]:
    """The labelled pairs of a half: `a` and `b` are page names, with `#R1` for a related article."""
    pairs: list[dict[str, str | None]] = []
    for line in (HERE / half / "pairs.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        a, b, label = line.split("\t")
        if label not in PAIR_LABELS:
            raise PageError(f"pairs.tsv of {half}: unknown label {label!r}")
        pairs.append({"a": a, "b": b, "label": label})
    return pairs


@cache
def compile_page(half: str, name: str) -> LabelledPage:
    """Compile one source. Raises PageError where the markup is wrong or a character is left unlabelled."""
    header, source = _split(half, name)
    encoding = header.get("encoding", "utf-8")
    if encoding not in ENCODINGS:
        raise PageError(f"{name}: unknown encoding {encoding!r}")
    builder = _Builder(name, half, {"lf": "\n", "crlf": "\r\n"}[header.get("newline", "lf")], header.get("mojibake"))
    if encoding in ("utf-8-bom", "utf-16-le"):
        builder.write("\ufeff")
    _parse(builder, source)
    text = "".join(builder.out)
    content = text.encode(ENCODINGS[encoding])
    labels = _label(builder, text, header)
    labels.update(
        schema="arnews-gold/1",
        file=f"{name}.txt",
        sha256=hashlib.sha256(content).hexdigest(),
        n_bytes=len(content),
        n_chars=len(text),
        encoding=ENCODINGS[encoding],
        newline=header.get("newline", "lf"),
        mojibake=header.get("mojibake"),
        layout=header["layout"],
        duplicate_group=header.get("group"),
        note=header.get("note"),
    )
    landed = date.fromisoformat(header["landed"]) if "landed" in header else None
    return LabelledPage(name, half, header["layout"], content, text, landed, labels)


def _split(half: str, name: str) -> tuple[dict[str, str], str]:
    raw = (HERE / half / f"{name}.page").read_text(encoding="utf-8")
    head, found, source = raw.partition("\n---\n")
    header = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.split("\n"))}
    if not found or not set(header) <= HEADER_KEYS or "layout" not in header:
        raise PageError(f"{name}: header must hold `layout` and only {sorted(HEADER_KEYS)}, then a line `---`")
    if header.get("ending", "none") == "none":
        source = source.removesuffix("\n")
    return header, source


def _parse(builder: _Builder, source: str) -> None:
    """Walk through the source: text goes to the page, tags become marks with page offsets."""
    open_marks: list[_Mark] = []
    at = 0
    for match in _TAG.finditer(source):
        builder.write(_unescape(source[at : match.start()]))
        at = match.end()
        closing, tag, raw_attributes, alone = match.groups()
        attributes = {key: quoted or bare for key, quoted, bare in _ATTRIBUTE.findall(raw_attributes)}
        if alone:
            _alone(builder, tag, attributes)
        elif closing:
            if not open_marks or open_marks[-1].tag != tag:
                raise PageError(f"{builder.name}: </{tag}> closes nothing")
            open_marks.pop().end = builder.length
        else:
            open_marks.append(_open(builder, tag, attributes, inside=bool(open_marks)))
    builder.write(_unescape(source[at:]))
    if open_marks:
        raise PageError(f"{builder.name}: <{open_marks[-1].tag}> is never closed")


def _open(builder: _Builder, tag: str, attributes: dict[str, str], *, inside: bool) -> _Mark:
    mark = _Mark(tag, attributes, builder.length)
    if tag in POINT_TAGS:
        builder.points.append(mark)
    elif tag in SEGMENT_TAGS and not inside:
        kind = SEGMENT_TAGS[tag][0]
        if tag == "rtitle":
            builder.related += 1
            builder.group = f"R{builder.related}"
        elif kind in ("title", "main_article"):
            builder.group = "M"
        builder.group = attributes.get("g", builder.group)
        if kind in ("title", "dateline", "tweet", *BODY_KINDS) or "g" in attributes:
            mark.group = builder.group
        builder.segments.append(mark)
    else:
        raise PageError(f"{builder.name}: <{tag}> is unknown or inside another segment")
    return mark


def _alone(builder: _Builder, tag: str, attributes: Mapping[str, str]) -> None:
    if tag == "copy":
        other = compile_page(builder.half, attributes["page"])
        paragraphs = article_paragraphs(other, attributes.get("part", "M"))
        first, _, last = attributes.get("p", f"1-{len(paragraphs)}").partition("-")
        chosen = paragraphs[int(first) - 1 : int(last or first)]
        ends = {sentence["end"] for sentence in other.labels["sentences"]}
        for number, (start, end) in enumerate(chosen):
            text = other.text[start:end]
            if "swap" not in attributes:
                for match in _SENTENCE_END.finditer(other.text, start, end):
                    builder.forced[builder.length + match.end() - start] = match.end() in ends
            for change in filter(None, attributes.get("swap", "").split("|")):
                text = text.replace(*change.split(">"))
            builder.write(text + ("\n" if number < len(chosen) - 1 else ""))
    elif tag in ("split", "nosplit"):
        builder.forced[builder.length] = tag == "split"
    else:
        raise PageError(f"{builder.name}: unknown <{tag}/>")


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda m: "\t" if m[2] else chr(int(m[1], 16)), text)


def misread(byte: int, encoding: str) -> str:
    """A byte as a reader of the wrong encoding sees it; as browsers do, C1 controls where it has no character."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def article_paragraphs(page: LabelledPage, group: str = "M") -> list[tuple[int, int]]:
    """Page offsets of an article's paragraphs, headline and kicker left out."""
    articles = [page.labels["main_article"], *page.labels["related_articles"]]
    for article in articles:
        if article and article["group"] == group:
            return [(start, end) for start, end in article["body"]["spans"]]
    raise PageError(f"{page.name} has no article {group}")


def _label(builder: _Builder, text: str, header: Mapping[str, str]) -> dict[str, Any]:
    segments = [_segment(builder, text, number, mark) for number, mark in enumerate(builder.segments, 1)]
    _check_tiling(builder.name, text, segments)
    paragraphs = _paragraphs(text, segments)
    sentences = [
        {"paragraph": p["id"], "group": p["group"], "start": start, "end": end, "text": text[start:end]}
        for p in paragraphs
        for start, end in _sentences(text, p, builder.forced)
    ]
    publishers = [
        _point(text, mark) | {"name": _name(text, mark), "role": _role(mark)}
        for mark in builder.points
        if mark.tag in ("outlet", "agency")
    ]
    labels: dict[str, Any] = {
        "title": _first(text, segments, "headline", "M"),
        "kicker": _first(text, segments, "kicker", "M"),
        "published": _published(builder, text, "M"),
        "updated": _published(builder, text, "updated"),
        "dateline": _dateline(builder, text, segments, "M"),
        "author": _author(builder, text, "M"),
        "publishers": publishers,
        "outlet": next((p for p in publishers if p["role"] in ("original_source", "publisher")), None),
        "agency": next((p for p in publishers if p["role"] in ("dateline_agency", "agency")), None),
        "tags": [_point(text, mark) for mark in builder.points if mark.tag == "t"],
        "segments": segments,
        "main_article": _article(text, segments, paragraphs, "M"),
        "related_articles": [
            {
                **(_article(text, segments, paragraphs, group) or {}),
                "published": _published(builder, text, group),
                "dateline": _dateline(builder, text, segments, group),
                "author": _author(builder, text, group),
            }
            for group in dict.fromkeys(s["group"] for s in segments if s["kind"] == "related_article")
        ],
        "tweets": [
            _tweet(builder, text, segment, mark)
            for segment, mark in zip(segments, builder.segments, strict=True)
            if mark.tag == "tweet"
        ],
        "navigation_items": [_point(text, mark) for mark in builder.points if mark.tag == "i"],
        "paragraphs": paragraphs,
        "sentences": [{"id": f"n{i}"} | s for i, s in enumerate(sentences, 1)],
        # Two full stops in running text may be read either way.
        "optional_sentence_boundaries": [
            p["start"] + m.end()
            for p in paragraphs
            if p["role"] not in HEADINGS
            for m in re.finditer(r"\.\.+(?=\s)", text[p["start"] : p["end"]])
        ],
    }  # fmt: skip
    if (labels["main_article"] is None) != (header.get("article") == "none"):
        raise PageError(f"{builder.name}: `article: none` and the presence of a main body disagree")
    return labels


def _segment(builder: _Builder, text: str, number: int, mark: _Mark) -> dict[str, Any]:
    kind, subkind = SEGMENT_TAGS[mark.tag]
    subkind = mark.attributes.get("sub", subkind)
    if subkind is None:
        raise PageError(f"{builder.name}: <{mark.tag}> needs sub=")
    return {"id": f"s{number}", "kind": kind, "subkind": subkind, "group": mark.group} | _lines(text, mark)


def _lines(text: str, mark: _Mark) -> dict[str, int]:
    first = text.count("\n", 0, mark.start) + 1
    return {
        "start": mark.start,
        "end": mark.end,
        "start_line": first,
        "end_line": first + text.count("\n", mark.start, mark.end),
    }


def _check_tiling(name: str, text: str, segments: Iterable[Mapping[str, Any]]) -> None:
    """Every character that is not white space (or the byte order mark) is in exactly one segment."""
    at = 0
    for segment in segments:
        start, end = segment["start"], segment["end"]
        loose = text[at:start].replace("\ufeff", "").strip()
        if loose:
            raise PageError(f"{name}: outside any segment: {loose[:60]!r}")
        if start < at or text[start:end] != text[start:end].strip() or start == end:
            raise PageError(f"{name}: segment {segment['id']} overlaps, is empty, or has white space at an edge")
        at = end
    if text[at:].strip():
        raise PageError(f"{name}: outside any segment: {text[at:].strip()[:60]!r}")


def _paragraphs(text: str, segments: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines of the segments that belong to an article; a piece after a cut inside a line is its own paragraph."""
    found: list[dict[str, Any]] = []
    for segment in segments:
        if segment["kind"] not in BODY_KINDS | {"title"}:
            continue
        for match in re.finditer(r"[^\r\n]*[^\s]", text[segment["start"] : segment["end"]]):
            start = segment["start"] + match.start() + len(match[0]) - len(match[0].lstrip())
            found.append(
                {
                    "id": f"p{len(found) + 1}",
                    "segment": segment["id"],
                    "group": segment["group"],
                    "role": segment["subkind"],
                    "start": start,
                    "end": segment["start"] + match.end(),
                }
            )
    return found


def _sentences(text: str, paragraph: Mapping[str, Any], forced: Mapping[int, bool]) -> list[tuple[int, int]]:
    """The gold's rule: ends at . ! ? ؟ with closing marks before white space, and at the line's end."""
    start, end = paragraph["start"], paragraph["end"]
    ends = set()
    if paragraph["role"] not in HEADINGS | {"table"}:
        ends = {m.end() for m in _SENTENCE_END.finditer(text, start, end)}
    ends = {e for e in ends if forced.get(e, True)} | {e for e, split in forced.items() if split and start < e < end}
    sentences = []
    for stop in [*sorted(ends), end]:
        raw = text[start:stop]
        if raw.strip():
            sentences.append((start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())))
        start = stop
    return sentences


def _article(text: str, segments: Iterable[Any], paragraphs: Iterable[Any], group: str) -> dict[str, Any] | None:
    own = [s for s in segments if s["group"] == group and s["kind"] in BODY_KINDS | {"title", "dateline", "tweet"}]
    spans = [(p["start"], p["end"]) for p in paragraphs
             if p["group"] == group and p["role"] not in ("headline", "kicker", "repeated")]  # fmt: skip
    if not spans:
        return None
    return {
        "group": group,
        "title": _first(text, own, "headline", group),
        "start": own[0]["start"],
        "end": own[-1]["end"],
        "segments": [s["id"] for s in own],
        "body": {"spans": spans, "text": "\n".join(text[start:end] for start, end in spans)},
    }


def _first(text: str, segments: Iterable[Any], subkind: str, group: str) -> dict[str, Any] | None:
    for s in segments:
        if s["subkind"] == subkind and s["group"] == group:
            return {"text": text[s["start"] : s["end"]], "start": s["start"], "end": s["end"], "line": s["start_line"]}
    return None


def _point(text: str, mark: _Mark) -> dict[str, Any]:
    return {"text": text[mark.start : mark.end], "start": mark.start, "end": mark.end}


def _role(mark: _Mark) -> str:
    return mark.attributes.get("role", "original_source" if mark.tag == "outlet" else "dateline_agency")


def _name(text: str, mark: _Mark) -> str:
    return mark.attributes.get("name", text[mark.start : mark.end])


def _owner(builder: _Builder, point: _Mark) -> str:
    """The article that a point mark speaks of: as said by `g=`, else that of the segment around it, else main."""
    around = next((s for s in builder.segments if s.start <= point.start and point.end <= s.end), None)
    return point.attributes.get("g") or (around.group if around else None) or "M"


def _published(builder: _Builder, text: str, group: str) -> dict[str, Any] | None:
    for mark in builder.points:
        if mark.tag == "on" and (mark.attributes.get("role") or _owner(builder, mark)) == group:
            iso = mark.attributes["iso"]
            precision = {4: "year", 7: "month", 10: "day"}[len(iso)]
            calendar = mark.attributes.get("calendar", "gregorian")
            return {
                "iso": iso + "-01" * ((10 - len(iso)) // 3),
                "precision": precision,
                "calendar": calendar,
                "raw": text[mark.start : mark.end],
                "start": mark.start,
                "end": mark.end,
            }
    return None


def _dateline(builder: _Builder, text: str, segments: Iterable[Any], group: str) -> dict[str, Any] | None:
    for segment in segments:
        if segment["kind"] != "dateline" or segment["group"] != group:
            continue
        inner = [m for m in builder.points if segment["start"] <= m.start and m.end <= segment["end"]]
        found: dict[str, Any] = {tag: next((text[m.start : m.end] for m in inner if m.tag == tag), None)
                                 for tag in ("place", "agency")}  # fmt: skip
        start, end = segment["start"], segment["end"]
        return {"raw": text[start:end], "start": start, "end": end} | found
    return None


def _author(builder: _Builder, text: str, group: str) -> dict[str, Any] | None:
    marks = [m for m in builder.points if m.tag == "author" and _owner(builder, m) == group]
    return _point(text, marks[0]) if marks else None


def _tweet(builder: _Builder, text: str, segment: Mapping[str, Any], mark: _Mark) -> dict[str, Any]:
    start, end = segment["start"], segment["end"]
    raw = text[start:end]
    attribution = _ATTRIBUTION.search(raw)
    url = _URL.search(raw)
    if attribution is None:
        if mark.attributes.get("sub", "embedded") == "embedded":
            raise PageError(f"{builder.name}: a tweet must end in `— author (@handle) date`; other posts need sub=")
        given = mark.attributes
        return {
            "segment": segment["id"],
            "inside_group": segment["group"],
            "start": start,
            "end": end,
            "author": given.get("author"),
            "handle": given.get("handle"),
            "date_raw": None,
            "date_iso": given.get("iso"),
            "url": url[0] if url else None,
            "glued_to_following": end < len(text) and not text[end].isspace(),
        }
    return {
        "segment": segment["id"],
        "inside_group": segment["group"],
        "start": start,
        "end": end,
        "body": {"start": start, "end": start + len(raw[: attribution.start()].rstrip())},
        "attribution": {"start": start + attribution.start(), "end": end, "text": attribution[0]},
        "author": attribution["author"],
        "handle": attribution["handle"].removeprefix("@"),
        "date_raw": attribution["date"],
        "date_iso": mark.attributes["iso"],
        "url": url[0] if url else None,
        "glued_to_following": end < len(text) and not text[end].isspace(),
    }


def main() -> None:
    """Write pages, labels and manifests to a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", choices=HALVES)
    options = parser.parse_args()
    for half in [options.half] if options.half else HALVES:
        folder = options.out / half
        folder.mkdir(parents=True, exist_ok=True)
        pages = load(half)
        for page in pages:
            (folder / f"{page.name}.txt").write_bytes(page.content)
            (folder / f"{page.name}.json").write_text(json.dumps(page.labels, ensure_ascii=False, indent=1), "utf-8")
        manifest = {
            "documents": [{"file": f"{p.name}.txt", "near_dup_group": p.labels["duplicate_group"]} for p in pages],
            "labelled_pairs": load_pairs(half),
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
        print(f"{half}: {len(pages)} pages in {len({p.layout for p in pages})} layouts")


if __name__ == "__main__":
    main()
