"""Score the reader against labelled pages: `python tests/reading/evaluate.py [dev|held_out|gold|… …] [--misses]`.

Prints one table: character F1 of each kind of segment (white space aside), the share of pages whose main body is
exactly right, titles, dates, outlets, agencies, authors, key words, posts, sentences, related bodies, and pairs of
articles that are one text (nearly all of the shorter one) or tell one story again. "sure" are the texts of articles
with a confidence of .8 and more, of the main ones and of those beside them. `--misses` names each miss on the sets that
may be looked at. The gate in `test_floors.py` holds these scores against `floors.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from rasd.arabic.text import clean
from rasd.reading.candidates import bare_key_of, key_of
from rasd.reading.model import Article, Reading
from rasd.reading.reader import read
from rasd.resolving import stories
from rasd.training.lines import labelled_pages

HERE = Path(__file__).parent
PAGES = HERE / "pages"
SHARED = HERE.parents[2] / "shared"


_compiler = labelled_pages(PAGES)
# What may be wrong on a held-out page is never shown: who writes rules must not see it.
SHOWN = ("gold", *_compiler.OPEN)
SETS = ("gold", *_compiler.HALVES)


@dataclass(frozen=True)
class Labelled:
    """A page with its labels in the fields of `arnews-gold/1`."""

    name: str
    text: str
    landed: date | None
    labels: dict[str, Any]


@dataclass
class Score:
    """Counts of one measure: right, found, wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


@dataclass
class Report:
    """Scores by measure, and the misses in words."""

    scores: dict[str, Score] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    pages: int = 0

    def score(self, name: str) -> Score:
        return self.scores.setdefault(name, Score())


def load(name: str) -> list[Labelled]:
    """Return a labelled set; an empty list where it is not there."""
    if name == "gold":
        files = sorted((SHARED / "gold").glob("[0-9]*.json"))
        pages = []
        for path in files:
            labels = json.loads(path.read_text(encoding="utf-8"))
            text = (SHARED / "seeds" / labels["file"]).read_bytes().decode("utf-8")
            pages.append(Labelled(labels["file"], text, None, labels))
        return pages
    if not (PAGES / name).is_dir():
        return []
    return [Labelled(page.name, page.text, page.landed, page.labels) for page in _compiler.load(name)]


def digest(name: str) -> str:
    """Return the digest of a labelled set: texts and labels, in order."""
    total = hashlib.sha256(
        json.dumps(sorted([*sorted(p), label] for p, label in (load_pairs(name) or {}).items())).encode()
    )
    for page in load(name):
        total.update(page.text.encode("utf-8", "surrogatepass"))
        total.update(json.dumps(page.labels, ensure_ascii=True, sort_keys=True, default=str).encode())
    return total.hexdigest()[:16]


def evaluate(pages: Iterable[Labelled], pairs: Mapping[frozenset[str], str] | None = None) -> Report:
    """Read the pages and score what was read; given labelled pairs of articles, also which tell the same text."""
    report = Report()
    articles: dict[str, Article] = {}
    bodies: dict[str, str] = {}
    for page in pages:
        report.pages += 1
        reading = read(page.text, landed=page.landed)
        _score_page(report, page, reading)
        if page.labels["main_article"]:
            names = [page.name, *(f"{page.name}#{r['group']}" for r in page.labels["related_articles"])]
            articles.update(zip(names, reading.articles, strict=False))
            bodies |= {name: _gold_body(page, name.partition("#")[2] or "M") for name in names}
    if pairs is not None:
        _score_stories(report, articles, bodies, pairs)
    return report


_ONE_TEXT = ("same_body", "reprint", "edited", "abridged")


def load_pairs(name: str) -> dict[frozenset[str], str] | None:
    """Return the labelled pairs of a set, by the names of the two articles; None where it has none."""
    if name == "gold":
        return None
    return {frozenset((pair["a"], pair["b"])): pair["label"] for pair in _compiler.load_pairs(name)}


def _score_stories(
    report: Report, articles: Mapping[str, Article], bodies: Mapping[str, str], labels: Mapping[frozenset[str], str]
) -> None:
    """Score which articles, as read, are found to be one text, and which come to stand in one story.

    An update belongs to its story where it keeps a substantial part of the text (`stories.UPDATE`). The other labelled
    updates are reports that share a sentence or two: found or not, they count neither way.
    """
    found = _links(articles)
    known = {pair for pair, label in labels.items() if label in _ONE_TEXT}
    updates = {pair for pair, label in labels.items() if label == "update"}
    substantial = {pair for pair in updates if _containment(*(bodies[name] for name in pair)) >= stories.UPDATE}
    wanted = _told_together(known | substantial)
    for measure, ours, gold in (
        ("pairs of one text", {pair for pair, link in found.items() if link >= stories.SAME_STORY}, known),
        ("pairs of one story", _told_together(found) - (updates - wanted), wanted),
    ):
        report.score(measure).add(len(ours & gold), len(ours), len(gold))
        for pair in sorted(ours ^ gold, key=sorted):
            report.misses.append(f"{' and '.join(sorted(pair))}: {measure}: {'found' if pair in ours else 'missed'}")


def _links(articles: Mapping[str, Article]) -> dict[frozenset[str], float]:
    """Return the containment of each pair that the warehouse would link: the same text, or candidates that compare."""
    outlets: dict[str, set[str]] = {}
    for article in articles.values():
        outlets.setdefault(article.fingerprint, set()).update([article.outlet] if article.outlet else [])
    versions = {
        name: stories.version(article.body, article.title.text if article.title else None, outlets[article.fingerprint])
        for name, article in articles.items()
    }
    sketches = {name: stories.sketch(one.body) for name, one in versions.items()}
    links = {}
    for a, b in combinations(articles, 2):
        if articles[a].fingerprint == articles[b].fingerprint:
            links[frozenset((a, b))] = 1.0
        elif _are_candidates(sketches[a], sketches[b]):
            link = stories.compare(versions[a], versions[b])
            if link is not None:
                links[frozenset((a, b))] = link.containment
    return links


def _are_candidates(one: stories.Sketch, other: stories.Sketch) -> bool:
    shared = {*one.hashes} & {*other.hashes}
    by_key = {*one.hashes[: one.n_keys]} & {*other.hashes[: other.n_keys]}
    return bool(by_key) and len(shared) >= stories.LEAST_SHARED * min(len(one.hashes), len(other.hashes))


def _told_together(links: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """Return all pairs that links lead from one to the other of."""
    story: dict[str, set[str]] = {}
    for pair in links:
        joined = set().union(*(story.get(name, {name}) for name in pair))
        story.update(dict.fromkeys(joined, joined))
    return {frozenset(pair) for names in story.values() for pair in combinations(sorted(names), 2)}


def _containment(one: str, other: str) -> float:
    shorter, longer = sorted((stories.version(one).shingles, stories.version(other).shingles), key=len)
    return len(shorter & longer) / max(1, len(shorter))


def _blank(c: str) -> bool:
    return c.isspace() or c == "\ufeff"


def _score_page(report: Report, page: Labelled, reading: Reading) -> None:
    labels = page.labels
    _score_characters(report, page, reading)
    main = next((a for a in reading.articles if a.role == "main"), None)
    gold = labels["main_article"]
    wanted = _gold_body(page, "M") if gold else None
    _same(report, page, "main body exact", main.body if main else None, wanted)
    if main is not None:
        # Of the articles that the reader is sure of: the share that is exact. Of the others it says that it is not.
        sure = main.confidence >= _SURE
        measure = "sure: main body exact" if sure else "unsure: main body exact"
        report.score(measure).add(main.body == wanted, 1, 1)
    title = labels.get("title")
    if gold is None:
        title = None
    found = (main.title.start, main.title.end) if main and main.title else None
    wanted_title = (title["start"], title["end"]) if title else None
    if found in _said_again(page, wanted_title):
        wanted_title = found
    _same(report, page, "title", found and _bare(page, found), wanted_title and _bare(page, wanted_title))
    kicker = labels.get("kicker") if gold else None
    _same(
        report, page, "kicker",
        (main.kicker.start, main.kicker.end) if main and main.kicker else None,
        (kicker["start"], kicker["end"]) if kicker else None,
    )  # fmt: skip
    published = labels.get("published") if gold else None
    _same(
        report, page, "date",
        (main.published.date.isoformat(), main.published.precision) if main and main.published else None,
        (_whole_day(published["iso"]), published.get("precision", "day")) if published else None,
    )  # fmt: skip
    if gold is not None:
        outlet, wanted_outlet = main and main.outlet, _publisher(labels, _OUTLET_ROLES)
        _same(
            report, page, "outlet",
            _outlet(wanted_outlet if _is_one_outlet(outlet, wanted_outlet) else outlet), _outlet(wanted_outlet),
        )  # fmt: skip
        _same(report, page, "agency", _name(main and main.agency), _name(_publisher(labels, _AGENCY_ROLES)))
        _same(report, page, "author", _name(main and main.author), _name(_author(labels)))
        tags = Counter((t.start, t.end) for t in main.tags) if main else Counter()
        gold_tags = Counter((t["start"], t["end"]) for t in labels["tags"])
        _sets(report, page, "tags", tags, gold_tags)
    posts = Counter(
        (t.start, t.end, t.handle, t.posted.isoformat() if t.posted else None, t.url)
        for a in reading.articles
        for t in a.tweets
    )
    gold_posts = Counter(
        (t["start"], t["end"], (t["handle"] or "").lstrip("@") or None, t["date_iso"], t.get("url"))
        for t in labels["tweets"]
    )
    _sets(report, page, "tweets", posts, gold_posts)
    _sets(
        report, page, "sentences",
        Counter(s for a in reading.articles for s in a.sentences),
        Counter((s["start"], s["end"]) for s in labels["sentences"]),
    )  # fmt: skip
    groups = list(dict.fromkeys(r["group"] for r in labels["related_articles"]))
    _sets(
        report, page, "related body exact",
        Counter(a.body for a in reading.articles if a.role == "related"),
        Counter(_gold_body(page, g) for g in groups),
    )  # fmt: skip
    wanted_bodies = {_gold_body(page, g) for g in groups}
    for a in reading.articles:
        if a.role == "related":
            measure = "sure: related body exact" if a.confidence >= _SURE else "unsure: related body exact"
            report.score(measure).add(a.body in wanted_bodies, 1, 1)
    _sets(
        report, page, "related title",
        Counter(
            _bare(page, (a.title.start, a.title.end)) for a in reading.articles if a.role == "related" and a.title
        ),
        Counter(
            _bare(page, (r["title"]["start"], r["title"]["end"])) for r in labels["related_articles"] if r.get("title")
        ),
    )  # fmt: skip


# The number or bullet of an item, and stars or strokes on both sides of a headline.
_MARKS_BEFORE = re.compile(
    r"(?:[*_=★☆—-]{1,4}\s*|[–•▪●◦■□◼◾◽▫◆◇✔✓🔹🔸🔷🔶①-⑳]\ufe0f?\s*|[0-9]\ufe0f?\u20e3\s*|#{2,4}\s+"
    r"|#?[0-9٠-٩]{1,2}\s?(?:[-–.)ـ]|\.\.)\s*)+(?=\D)"
)
_MARKS_BEHIND = re.compile(r"\s*[*_=★☆—-]{1,4}$")


def _bare(page: Labelled, span: tuple[int, int]) -> tuple[int, int]:
    """Return where a headline stands without its marks: sets that nobody opens label them as part of it, or not."""
    start, end = span
    if (before := _MARKS_BEFORE.match(page.text, start, end)) is None:
        return span
    behind = _MARKS_BEHIND.search(page.text[before.end() : end])
    return before.end(), before.end() + behind.start() if behind else end


def _said_again(page: Labelled, title: tuple[int, int] | None) -> set[tuple[int, int]]:
    """Return where the page says a title in the same words again: any of them is the title."""
    if title is None:
        return set()
    wanted = page.text[title[0] : title[1]].split()
    again = ((s["start"], s["end"]) for s in page.labels["segments"] if s.get("subkind") == "repeated")
    return {span for span in again if page.text[span[0] : span[1]].split() == wanted}


_SURE = 0.8
_OUTLET_ROLES = ("original_source", "publisher")
_AGENCY_ROLES = ("dateline_agency", "agency")


def _publisher(labels: dict[str, Any], roles: tuple[str, ...]) -> str | None:
    return next((p["name"] for p in labels["publishers"] if p["role"] in roles and p.get("name")), None)


def _author(labels: dict[str, Any]) -> str | None:
    author = labels.get("author")
    if isinstance(author, dict):
        return str(author.get("text") or author.get("name"))
    return author


def _outlet(name: str | None) -> str | None:
    """Return what spellings of an outlet have in common: "صحيفة السهل" and "السهل" are one."""
    name = _name(name)
    return key_of(name) if name else None


def _is_one_outlet(one: str | None, other: str | None) -> bool:
    """Return whether two names are one outlet's but for an adjective that goes with its sort: sets have it or not."""
    if one is None or other is None:
        return False
    keys = ({key_of(name), bare_key_of(name)} for name in map(_name, (one, other)) if name)
    return bool(set.intersection(*keys))


def _name(name: str | None) -> str | None:
    return clean(name).text.strip() if name else None


def _whole_day(iso: str) -> str:
    return iso + "-01" * ((10 - len(iso)) // 3)


def _gold_body(page: Labelled, group: str) -> str:
    spans = [
        (p["start"], p["end"])
        for p in page.labels["paragraphs"]
        if p["group"] == group and p["role"] not in ("headline", "kicker", "repeated", "place-agency", "inline")
    ]
    return "\n".join(clean(page.text[start:end]).text for start, end in spans)


def _score_characters(report: Report, page: Labelled, reading: Reading) -> None:
    found = [""] * len(page.text)
    wanted = [""] * len(page.text)
    for segment in reading.segments:
        found[segment.start : segment.end] = [segment.kind] * (segment.end - segment.start)
    for gold in page.labels["segments"]:
        wanted[gold["start"] : gold["end"]] = [gold["kind"]] * (gold["end"] - gold["start"])
    pairs = Counter((f, w) for f, w, c in zip(found, wanted, page.text, strict=True) if not _blank(c) and w)
    kinds = {k for pair in pairs for k in pair}
    for kind in kinds:
        report.score(f"characters {kind}").add(
            pairs[kind, kind],
            sum(n for (f, _), n in pairs.items() if f == kind),
            sum(n for (_, w), n in pairs.items() if w == kind),
        )
    right = sum(n for (f, w), n in pairs.items() if f == w)
    report.score("characters all").add(right, sum(pairs.values()), sum(pairs.values()))
    for (f, w), n in sorted(pairs.items()):
        if f != w:
            at = next(i for i, (a, b, c) in enumerate(zip(found, wanted, page.text, strict=True))
                      if (a, b) == (f, w) and not _blank(c))  # fmt: skip
            report.misses.append(f"{page.name}: {n} characters of {w} read as {f}: {page.text[at : at + 70]!r}")


def _same(report: Report, page: Labelled, measure: str, found: object, wanted: object) -> None:
    right = found == wanted
    report.score(measure).add(right and wanted is not None, found is not None, wanted is not None)
    if measure == "main body exact" and wanted is None:
        # A page without an article counts as a page: nothing found is right.
        report.score(measure).add(right, 1 if right else 0, 1)
    if not right:
        report.misses.append(f"{page.name}: {measure}: {_short(found)} instead of {_short(wanted)}")


def _sets(report: Report, page: Labelled, measure: str, found: Counter[Any], wanted: Counter[Any]) -> None:
    report.score(measure).add((found & wanted).total(), found.total(), wanted.total())
    for extra in found - wanted:
        report.misses.append(f"{page.name}: {measure}: found {_shown(page, extra)}")
    for missing in wanted - found:
        report.misses.append(f"{page.name}: {measure}: missed {_shown(page, missing)}")


def _shown(page: Labelled, thing: Any) -> str:
    if isinstance(thing, tuple) and isinstance(thing[0], int):
        return f"{thing} {page.text[thing[0] : thing[1]][:80]!r}"
    return _short(thing)


def _short(thing: object) -> str:
    text = repr(thing)
    return text if len(text) < 160 else f"{text[:80]} … {text[-60:]}"


def pin(reports: dict[str, Report]) -> None:
    """Write floors.json: floors of an unchanged set only rise, those of a changed one are taken anew."""
    path = HERE / "floors.json"
    pinned = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name, report in reports.items():
        floors = {
            m: int(s.f1 * 10_000) / 10_000
            for m, s in sorted(report.scores.items())
            if s.wanted and not m.startswith("unsure")
        }
        old, now = pinned.get(name, {}), digest(name)
        if old.get("digest") == now:
            floors = {m: max(f, old["floors"].get(m, 0)) for m, f in floors.items()}
        pinned[name] = {"digest": now, "floors": floors}
    path.write_text(json.dumps(pinned, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Print the scores of the sets asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="*", help=f"which of {', '.join(SETS)} (all that are there)")
    parser.add_argument("--misses", action="store_true", help="name each miss (never those of held_out)")
    parser.add_argument("--pin", action="store_true", help="raise the floors in floors.json to these scores")
    arguments = parser.parse_args()
    reports = {name: evaluate(pages, load_pairs(name)) for name in arguments.sets or SETS if (pages := load(name))}
    measures = sorted({m for r in reports.values() for m in r.scores}, key=lambda m: (not m.startswith("main"), m))
    print(f"{'':32}" + "".join(f"{name:>14}" for name in reports))
    print(f"{'pages':32}" + "".join(f"{r.pages:>14}" for r in reports.values()))
    for measure in measures:
        row = [r.scores.get(measure) for r in reports.values()]
        cells = [f"{s.f1:>8.4f} {s.wanted:>5}" if s else f"{'':>14}" for s in row]
        print(f"{measure:32}" + "".join(cells))
    if arguments.pin:
        pin(reports)
    if arguments.misses:
        for name in SHOWN:
            for miss in reports[name].misses if name in reports else ():
                print(f"{name}: {miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
