"""Fill an empty warehouse with a million articles, so that what it answers can be measured at the size of a real desk.

    python benchmarks/million.py --dsn postgresql://… [--articles 1000000] [--seed 1] [--workers 2]
    RASD_HOME=/data/million python benchmarks/million.py          # the embedded Postgres in that folder

Two years of 200 outlets; entities by Zipf's law, with companions and days on which one of them is in the news; words
by Zipf's law; reprints, abridged copies, related articles below others, undated pages, quarantined ones. Every row is
what the pipeline would have written for such pages, except that `raw.page.content` is a short stub and the hashes of
a sketch are drawn, not computed. The same number of articles and seed give the same rows everywhere.

Rows are made block by block and go by COPY straight into the tables, from several processes, in constant memory;
what reports count is worked out at the end, by the statements that publish a batch.
Keys and indexes are taken down before and put up again afterwards: what they forbid would fail there.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import re
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from random import Random
from uuid import UUID

import page_words
import sqlalchemy as sa

from rasd import references, resources
from rasd.annotating.names import load_names, phrase
from rasd.arabic.search import search_version, vector
from rasd.arabic.text import fingerprint
from rasd.pipeline import ids, publishing
from rasd.reading.outlets import Outlets
from rasd.resolving import joining
from rasd.resolving.stories import FEW_HASHES
from rasd.warehouse import migrate
from rasd.warehouse.engine import connect

FIRST_DAY = date(2024, 1, 1)
DAYS = 731
OUTLETS = 200
ENTITIES = 100_000
BLOCK = 500  # articles whose pages belong together: reprints, related articles and stories stay within a block
_BLOCKS_PER_COPY = 4

READER_VERSION = "million-1"
RECOGNISER_VERSION = "million/zipf/1+1"

# Monday to Sunday: what the press of the region publishes on a day, as a share of its busiest one.
_WEEKDAYS = (0.98, 1.0, 1.0, 0.97, 0.55, 0.7, 0.95)
# For reports that look for them: one outlet falls silent in the last days, one publishes much more.
SILENT, LOUD, _CHANGED_DAYS = 5, 9, 10

_ARAB_WORLD = tuple("SA EG AE QA KW IQ SY LB JO PS YE OM BH MA DZ TN LY SD US RU CN IR TR KZ".split())  # noqa: SIM905 -- a list
_LIKELY_KINDS = frozenset(("country", "region", "international", "media", "company", "club", "party", "armed"))
_PREFIXES = ("", "", "", "", "", "", "و", "ب", "و")

# What is copied, in an order in which every row finds what it refers to.
COLUMNS = {
    "ops.run": "run_id, pipeline, options, reader_version, recogniser_version, state, started_at, heartbeat_at,"
    " listed_at, closed_at, n_seen, n_loaded, n_quarantined",
    "raw.page": "page_id, sha256, content, media_type, n_bytes, landed_at, run_id",
    "raw.delivery": "page_id, uri, member, delivered_at, run_id",
    "ops.outcome": "run_id, source_no, page_no, page_id, uri, member, is_known, batch_no, outcome, reason",
    "ops.quarantine": "quarantine_id, page_id, uri, member, stage, reason, detail, advice, reader_version, run_id,"
    " quarantined_at",
    "core.page": "page_id, text, encoding, n_articles, confidence, doubts, reports, reader_version, run_id",
    "core.article": "article_id, fingerprint, headline, body, n_words, text_sha256, page_id, appearance_no,"
    " reader_version, run_id",
    "core.appearance": "page_id, appearance_no, article_id, role, headline, outlet_id, outlet_name, place,"
    " published_on, published_precision, published_calendar, published_evidence, tags, body_map, confidence, doubts,"
    " reader_version, run_id",
    "core.segment": "page_id, segment_no, kind, start_offset, end_offset, rule, appearance_no, reader_version, run_id",
    "core.tweet": "page_id, tweet_no, appearance_no, start_offset, end_offset, author, handle, posted_on,"
    " reader_version, run_id",
    "core.sentence": "article_id, sentence_no, paragraph_no, start_offset, end_offset, reader_version, run_id",
    "core.quotation": "article_id, quotation_no, start_offset, end_offset, kind, speaker, reader_version, run_id",
    "core.annotation": "article_id, text_sha256, page_digest, n_mentions, recogniser_version, run_id",
    "core.entity": "entity_id, entity_key, entity_type, name, is_curated, is_renamed, run_id",
    "core.sense": "sense_id, sense_key, entity_type, name, is_curated, is_short, is_common, block, family, countries,"
    " fields, companions, group_id, rule, score, is_open, entity_id, joining_version, run_id",
    "core.sense_name": "sense_id, name, phrase, rule, score, entity_id, is_decided, run_id",
    "core.entity_name": "entity_id, name, rule, score, run_id",
    "core.mention": "article_id, part, start_offset, end_offset, sentence_no, mention_type, surface, prefix,"
    " confidence, sense_id, entity_id, spelling, link_rule, link_score, recogniser_version, run_id",
    "core.speaker": "article_id, quotation_no, sense_id, name, rule, score, recogniser_version, run_id",
    "core.article_sketch": "article_id, text_sha256, hashes, n_keys, outlets, run_id",
    "core.story_link": "article_id, other_article_id, containment, relation, run_id",
    "core.story_article": "article_id, story_id, run_id",
    "core.article_search": "article_id, text_sha256, published_on, outlets, tokens, search_version",
}

NULL = "\\N"
Lines = dict[str, list[str]]


# What articles are made of ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entity, and what the resolver would say of it."""

    spelling: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Known:
    """An entity that articles name: by its full name, a person later by the last part alone."""

    entity_id: str
    key: str
    type: str
    name: str
    is_curated: bool
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Catalogue:
    """Entities by rank with the sums of their weights, clauses, and who publishes. The same for every seed."""

    entities: list[Known]
    weights: list[float]
    clauses: list[tuple[str, str]]
    plain: list[str]
    outlets: list[tuple[str, str]]
    outlet_weights: list[float]
    days: list[float]  # sums of the weights of the days


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return what all articles are made of."""
    random = Random("catalogue")
    entities = _entities(random)
    vocabulary = _vocabulary()
    words = list(accumulate(1 / (rank + 2.7) for rank in range(len(vocabulary))))  # Mandelbrot's shift
    publishers = [(o.outlet_id, o.name) for o in Outlets.load() if o.kind == "outlet"][:OUTLETS]

    def run_of_words(least: int, most: int) -> str:
        return " ".join(random.choices(vocabulary, cum_weights=words, k=random.randint(least, most)))

    return Catalogue(
        entities,
        list(accumulate(1 / rank for rank in range(1, len(entities) + 1))),
        [(run_of_words(1, 4) + " ", " " + run_of_words(3, 9)) for _ in range(30_000)],
        [run_of_words(5, 12) for _ in range(40_000)],
        publishers,
        list(accumulate(1 / (rank + 3) ** 0.7 for rank in range(len(publishers)))),
        list(accumulate(_WEEKDAYS[(FIRST_DAY + timedelta(d)).weekday()] for d in range(DAYS))),
    )


def _vocabulary() -> list[str]:
    """Words of the press by frequency, without names; letters only."""
    path = Path(resources.__file__).parent / "annotating" / "model" / "words.txt"
    words = path.read_text(encoding="utf-8").split()
    return [w for w in words if re.fullmatch("[\u0621-\u064a]{2,12}", w)][:60_000]


def _entities(random: Random) -> list[Known]:
    names = load_names()
    plain = re.compile(r"[\w .\-]+")
    real = [e for e in names.entities.values() if e.type in ("PER", "LOC", "ORG") and plain.fullmatch(e.name)]
    first = [names.entities[f"LOC/country/{code}"] for code in _ARAB_WORLD]
    likely = [e for e in real if (e.type == "PER" or e.kind in _LIKELY_KINDS) and e not in first]
    random.shuffle(likely)
    chosen_first = {e.key for e in (*first, *likely)}
    others = [e for e in real if e.key not in chosen_first]
    known = [_known(e.key, e.type, e.name, is_curated=True) for e in (*first, *likely, *others)]
    seen = {k.key for k in known}
    given = _name_words((*page_words.MALE, *page_words.FEMALE), "given_names.txt", "names/arabic_names.txt")
    families = _name_words(page_words.SURNAMES, "family_names.txt")
    # Few names are many people's: the hundred commonest given names have half of the bearers.
    often = list(accumulate(1 / (rank + 30) for rank in range(len(given))))
    invented: list[Known] = []
    while len(known) + len(invented) < ENTITIES:
        chosen = random.choices(given, cum_weights=often, k=random.choice((1, 2, 2, 3)))
        if random.random() < 0.75:
            kind, name = "PER", " ".join((*chosen, random.choice(families)))
        else:
            sort = random.choice(("شركة", "جمعية", "مؤسسة", "مركز", "مصنع", "اتحاد"))
            kind, name = "ORG", f"{sort} {chosen[-1]} {random.choice(families)}"
        key = f"{kind}/{phrase(name)}"
        if key not in seen:
            seen.add(key)
            invented.append(_known(key, kind, name, is_curated=False))
    # Invented names stand among the rarer real ones.
    tail = known[len(first) + len(likely) :] + invented
    random.shuffle(tail)
    return known[: len(first) + len(likely)] + tail


def _name_words(own: Sequence[str], *files: str) -> list[str]:
    """Return words of names that generated pages have or the reference data lists, in an order of no meaning."""
    texts = (line for file in files for _, line in references.lines(references.reference(file)))
    words = sorted({*own, *(word for text in texts for word in text.split())})
    Random("names").shuffle(words)
    return words


def _known(key: str, kind: str, name: str, *, is_curated: bool) -> Known:
    forms = [Form(name, "known name", 1.0) if is_curated else Form(name, "own name", 0.95)]
    last = name.rpartition(" ")[2]
    if kind == "PER" and last != name:
        forms.append(Form(last, "part of a name", 0.9))
    return Known(ids.of_text(key).hex, key, kind, name, is_curated, tuple(forms))


# Articles --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Text:
    """An article with what stands in it: offsets count in its body, `sentence_no` 0 in its headline."""

    headline: str
    body: str
    day: int
    sentences: list[tuple[int, int, int]]  # paragraph, start, end
    mentions: list[tuple[int, int, str, int, int]]  # sentence, start, prefix, entity, form
    quotations: list[tuple[int, int, str, int]]  # start, end, speaker and which entity that is; -1 for nobody
    n_words: int
    story: int  # which article of the block it repeats, or its own number
    share: float  # of the text of that one
    article_id: str = ""
    fingerprint: str = ""
    text_sha256: str = ""
    appearances: list[tuple[str, int]] = field(default_factory=list)
    outlets: set[str] = field(default_factory=set)
    published: date | None = None


class _Writer:
    """Draws the articles of one block."""

    def __init__(self, random: Random) -> None:
        self._catalogue = catalogue()
        self._random = random.random
        self._hot = [30 + self._below(3000) for _ in range(3)]

    def _below(self, limit: int) -> int:
        return int(self._random() * limit)

    def _entity(self) -> int:
        weights = self._catalogue.weights
        return bisect_left(weights, self._random() * weights[-1])

    def _cast(self) -> list[int]:
        """Draw whom an article names: one who is in the news, those often named with them, and others."""
        roll = self._random()
        cast = [self._hot[self._below(3)] if roll < 0.06 else self._entity()]
        while len(cast) < 6:
            if cast[0] < 3000 and self._random() < 0.35:
                entity = (cast[0] * 31 + 7 * self._below(4) + 11) % 3000
            else:
                entity = self._entity()
            cast.append(entity)
        return cast

    def write(self, number: int, day: int) -> _Text:
        """Write a fresh article."""
        random, below = self._random, self._below
        clauses, plain, entities = self._catalogue.clauses, self._catalogue.plain, self._catalogue.entities
        n_clauses, n_plain = len(clauses), len(plain)
        cast = self._cast()
        headline_before, headline_after = clauses[below(n_clauses)]
        mentions = [(0, len(headline_before), "", cast[0], 0)]
        headline = f"{headline_before}{entities[cast[0]].name}{headline_after}"
        parts: list[str] = []
        sentences: list[tuple[int, int, int]] = []
        quotations: list[tuple[int, int, str, int]] = []
        named: set[int] = set()
        at, paragraph, left = 0, 1, 1 + below(3)
        # Half of the articles have 8 to 17 sentences, one in twenty more than 30.
        for number_of in range(1, 5 + int(24 * random() * random() + 10 * random() + 6 * random() * random())):
            if number_of > 1:
                parts.append(" " if left else "\n")
                at += 1
                if not left:
                    paragraph, left = paragraph + 1, 1 + below(3)
            left -= 1
            start = at
            speaker, speaking = "", -1
            if random() < 0.78:
                before, after = clauses[below(n_clauses)]
                who = cast[int(random() ** 1.6 * 6)]
                known = entities[who]
                form = len(known.forms) - 1 if who in named and random() < 0.6 else 0
                named.add(who)
                prefix, spelling = _PREFIXES[below(9)], known.forms[form].spelling
                mentions.append((number_of, at + len(before) + len(prefix), prefix, who, form))
                piece = f"{before}{prefix}{spelling}{after} "
                parts.append(piece)
                at += len(piece)
                speaker, speaking = (spelling, who) if known.type == "PER" else ("", -1)
            words = plain[below(n_plain)]
            if random() < 0.15:
                quotations.append((at, at + len(words) + 2, speaker, speaking))
                words = f"«{words}»"
            parts.append(f"{words}.")
            at += len(words) + 1
            sentences.append((paragraph, start, at))
        body = "".join(parts)
        return _Text(headline, body, day, sentences, mentions, quotations, body.count(" ") + paragraph, number, 1.0)

    def abridge(self, original: _Text, day: int, share: float) -> _Text:
        """Repeat the beginning of an article under a headline of its own."""
        kept = max(1, round(share * len(original.sentences)))
        end = original.sentences[kept - 1][2]
        before, after = self._catalogue.clauses[self._below(len(self._catalogue.clauses))]
        who = original.mentions[0][3]
        body = original.body[:end]
        return _Text(
            f"{before}{self._catalogue.entities[who].name}{after}",
            body,
            day,
            original.sentences[:kept],
            [(0, len(before), "", who, 0), *(m for m in original.mentions[1:] if m[0] <= kept)],
            [q for q in original.quotations if q[1] <= end],
            len(body.split()),
            original.story,
            kept / len(original.sentences),
        )


def _articles(random: Random, numbers: range, total: int) -> list[_Text]:
    writer = _Writer(random)
    days = catalogue().days
    texts: list[_Text] = []
    fingerprints: set[str] = set()
    for number in numbers:
        day = bisect_right(days, number / total * days[-1])
        roll = random.random()
        if texts and roll < 0.12:
            original = texts[int(random.random() * len(texts))]
            text = writer.abridge(texts[original.story], day, 0.92 if roll < 0.08 else 0.5)
        else:
            text = writer.write(len(texts), day)
        text.fingerprint = fingerprint(text.body)
        if text.fingerprint in fingerprints:  # the same beginning once more: another article instead
            text = writer.write(len(texts), day)
            text.fingerprint = fingerprint(text.body)
        fingerprints.add(text.fingerprint)
        text.article_id = text.fingerprint[:32]
        text.text_sha256 = ids.text_sha256(text.headline, text.body).hex()
        texts.append(text)
    return texts


# Rows ------------------------------------------------------------------------------------------------------------


def block(seed: int, number: int, total: int, size: int = BLOCK) -> tuple[Lines, set[tuple[int, int]]]:
    """Return the rows of one block by table, as lines of text-format COPY, and the names in it (entity, form).

    Args:
        seed: of the warehouse.
        number: of the block, from 0.
        total: articles of the whole warehouse: it says which days the block covers.
        size: articles of the block.
    """
    random = Random(f"{seed}/{number}")
    first = number * BLOCK
    texts = _articles(random, range(first, first + size), total)
    lines: Lines = defaultdict(list)
    run = UUID(bytes=sha256(f"run {seed}/{number}".encode()).digest()[:16], version=4).hex
    moment = _moment(texts[-1].day, random)
    n_pages = _pages(random, texts, lines, f"{seed}/{number}", run, moment)
    named: set[tuple[int, int]] = set()
    for text in texts:
        _article_rows(text, lines, run, named)
        _sketch_rows(text, lines, run)
        _search_rows(text, lines)
    _story_rows(texts, lines, run)
    lines["ops.run"].append(
        f"{run}\tingest\t{{}}\t{READER_VERSION}\t{RECOGNISER_VERSION}\tclosed\t{moment}\t{moment}\t{moment}\t{moment}"
        f"\t{n_pages}\t{n_pages - 1}\t1"
    )
    return lines, named


def _moment(day: int, random: Random) -> str:
    return f"{FIRST_DAY + timedelta(day)} {random.randrange(24):02}:{random.randrange(60):02}:00+00"


def _pages(random: Random, texts: Sequence[_Text], lines: Lines, where: str, run: str, moment: str) -> int:
    """Lay articles out on pages: each on one of its own, some on a second one, some below others."""
    number = 0
    for i, text in enumerate(texts):
        # The same text word for word elsewhere: the same article, another appearance.
        for copy in range(2 if random.random() < 0.07 else 1):
            number += 1
            related = texts[int(random.random() * i)] if i and random.random() < 0.1 else None
            day = min(DAYS - 1, text.day + copy)
            _page(
                random, [text] if related in (None, text) else [text, related], day, lines, where, number, run, moment
            )
    number += 1
    _refused(lines, where, number, run, moment)
    return number


def _outlet(random: Random, day: int) -> int:
    weights = catalogue().outlet_weights
    outlet = bisect_left(weights, random.random() * weights[-1])
    if day >= DAYS - _CHANGED_DAYS:
        if outlet == SILENT:
            return (outlet + 1 + int(random.random() * 100)) % len(weights)
        if random.random() < 0.03:
            return LOUD
    return outlet


def _page(  # noqa: PLR0915 -- a page from top to bottom
    random: Random,
    shown: Sequence[_Text],
    day: int,
    lines: Lines,
    where: str,
    number: int,
    run: str,
    moment: str,
) -> None:
    outlet_id, outlet_name = catalogue().outlets[_outlet(random, day)]
    uri = f"https://{outlet_id}.example/{where}/{number}"
    page_id = _land(lines, uri, number, run, moment, "loaded")
    published = FIRST_DAY + timedelta(day)
    roll = random.random()
    printed = "" if roll < 0.04 else f"{published:%Y-%m}" if roll < 0.05 else str(published)
    city = page_words.CITIES[number % len(page_words.CITIES)]
    tags = [catalogue().entities[m[3]].name for m in shown[0].mentions[1:4]]
    doubtful = random.random() < 0.02
    confidence, doubts = (0.4, '{"two dates that disagree"}') if doubtful else (0.95, "{}")
    segments: list[tuple[str, int, str, str]] = []  # kind, end, rule, appearance
    page: list[str] = []
    at = 0

    def add(kind: str, text: str, rule: str, appearance: str = "\\N") -> int:
        nonlocal at
        page.append(text)
        start, at = at, at + len(text)
        segments.append((kind, at, rule, appearance))
        return start

    add("navigation", "الرئيسية\nأخبار\nاقتصاد\nرياضة\n", "bar: 4 entries")
    add("title", f"{shown[0].headline}\n", "headline", "1")
    if printed:
        add("metadata", f"تاريخ النشر: {printed}\n", "published: تاريخ النشر")
    add("dateline", f"{city}\n", "dateline_on_its_own_line", "1")
    starts = [add("main_article", f"{shown[0].body}\n", "paragraph", "1")]
    if random.random() < 0.03:
        handle = outlet_id.replace("-", "_")
        start = add("tweet", f"{outlet_name}\n@{handle}\n", "tweet", "1")
        lines["core.tweet"].append(
            f"{page_id}\t1\t1\t{start}\t{at}\t{outlet_name}\t{handle}\t\\N\t{READER_VERSION}\t{run}"
        )
    if tags:
        add("tags", f"كلمات دلالية: {' '.join(tags)}\n", "tags: كلمات دلالية")
    if len(shown) > 1:
        add("related_marker", "اقرأ أيضا:\n", "related: اقرأ أيضا")
        add("related_article", f"{shown[1].headline}\n", "headline", "2")
        starts.append(add("related_article", f"{shown[1].body}\n", "paragraph", "2"))
    add("boilerplate", "جميع الحقوق محفوظة", "rights: جميع الحقوق محفوظة")
    stamp = f"{READER_VERSION}\t{run}"
    escaped = "".join(page).replace("\n", "\\n")
    lines["core.page"].append(f"{page_id}\t{escaped}\tutf-8\t{len(shown)}\t{confidence}\t{doubts}\t{{}}\t{stamp}")
    start = 0
    for segment_no, (kind, end, rule, appearance) in enumerate(segments, 1):
        lines["core.segment"].append(f"{page_id}\t{segment_no}\t{kind}\t{start}\t{end}\t{rule}\t{appearance}\t{stamp}")
        start = end
    for appearance_no, (text, start) in enumerate(zip(shown, starts, strict=True), 1):
        text.appearances.append((page_id, appearance_no))
        is_main = appearance_no == 1
        if is_main:
            text.outlets.add(outlet_id)
            if len(printed) == 10:
                text.published = min(text.published or published, published)
        precision = "month" if len(printed) == 7 else "day"
        dated = f"{printed}{'-01' * (precision == 'month')}\t{precision}\tgregorian\t{printed}"
        quoted = ",".join(f'"{tag}"' for tag in tags) if is_main else ""
        lines["core.appearance"].append(
            f"{page_id}\t{appearance_no}\t{text.article_id}\t{'main' if is_main else 'related'}\t{text.headline}\t"
            + (f"{outlet_id}\t{outlet_name}\t{city}\t" if is_main else "\\N\t\\N\t\\N\t")
            + (dated if printed and is_main else "\\N\t\\N\t\\N\t\\N")
            + f"\t{{{quoted}}}\t{{0,{start},{len(text.body)}}}\t{confidence}\t{doubts}\t{stamp}"
        )


def _land(lines: Lines, uri: str, number: int, run: str, moment: str, outcome: str) -> str:
    digest = sha256(uri.encode()).hexdigest()
    page_id = digest[:32]
    content = uri.encode().hex()
    lines["raw.page"].append(f"{page_id}\t\\\\x{digest}\t\\\\x{content}\ttext\t{len(uri)}\t{moment}\t{run}")
    lines["raw.delivery"].append(f"{page_id}\t{uri}\t\t{moment}\t{run}")
    reason = "no_article" if outcome == "quarantined" else "\\N"
    lines["ops.outcome"].append(f"{run}\t{number}\t1\t{page_id}\t{uri}\t\tf\t1\t{outcome}\t{reason}")
    return page_id


def _refused(lines: Lines, where: str, number: int, run: str, moment: str) -> None:
    """A page with nothing but a menu on it."""
    uri = f"https://menu.example/{where}/{number}"
    page_id = _land(lines, uri, number, run, moment, "quarantined")
    text = "الرئيسية\nأخبار\nاتصل بنا"
    stamp = f"{READER_VERSION}\t{run}"
    escaped = text.replace("\n", "\\n")
    lines["core.page"].append(f"{page_id}\t{escaped}\tutf-8\t0\t0\t{{}}\t{{}}\t{stamp}")
    lines["core.segment"].append(f"{page_id}\t1\tnavigation\t0\t{len(text)}\tbar: 3 entries\t\\N\t{stamp}")
    lines["ops.quarantine"].append(
        f"{page_id}\t{page_id}\t{uri}\t\tread\tno_article\tno article on the page\t\\N\t{stamp}\t{moment}"
    )


def _article_rows(text: _Text, lines: Lines, run: str, named: set[tuple[int, int]]) -> None:
    entities = catalogue().entities
    read, recognised = f"{READER_VERSION}\t{run}", f"{RECOGNISER_VERSION}\t{run}"
    page_id, appearance_no = min(text.appearances)
    article_id = text.article_id
    escaped = text.body.replace("\n", "\\n")
    lines["core.article"].append(
        f"{article_id}\t\\\\x{text.fingerprint}\t{text.headline}\t{escaped}\t{text.n_words}"
        f"\t\\\\x{text.text_sha256}\t{page_id}\t{appearance_no}\t{read}"
    )
    lines["core.sentence"] += [
        f"{article_id}\t{sentence_no}\t{paragraph}\t{start}\t{end}\t{read}"
        for sentence_no, (paragraph, start, end) in enumerate(text.sentences, 1)
    ]
    lines["core.quotation"] += [
        f"{article_id}\t{quotation_no}\t{start}\t{end}\tdirect\t{speaker or NULL}\t{read}"
        for quotation_no, (start, end, speaker, _) in enumerate(text.quotations, 1)
    ]
    lines["core.speaker"] += [
        f"{article_id}\t{quotation_no}\t{entities[who].entity_id}\t{speaker}\tnamed\t0.95\t{recognised}"
        for quotation_no, (_, _, speaker, who) in enumerate(text.quotations, 1)
        if who >= 0
    ]
    lines["core.annotation"].append(f"{article_id}\t\\\\x{text.text_sha256}\t\t{len(text.mentions)}\t{recognised}")
    mentions = lines["core.mention"]
    for sentence_no, start, prefix, who, number in text.mentions:
        known = entities[who]
        form = known.forms[number]
        named.add((who, number))
        mentions.append(
            f"{article_id}\t{'body' if sentence_no else 'headline'}\t{start}\t{start + len(form.spelling)}"
            f"\t{sentence_no}\t{known.type}\t{form.spelling}\t{prefix}\t0.97\t{known.entity_id}\t{known.entity_id}"
            f"\t{form.spelling}\t{form.rule}\t{form.score}\t{recognised}"
        )


def _sketch_rows(text: _Text, lines: Lines, run: str) -> None:
    # The hashes of an article's beginning are those of the article: drawn from its story, as many as it has words for.
    drawn = Random(f"{run}{text.story}")
    hashes = sorted({drawn.getrandbits(64) - (1 << 63) for _ in range(max(1, text.n_words // 4))})
    # As many of them are keys as of real texts: of 22 words two, instead of eight.
    keys = [h for h in hashes if len(hashes) < FEW_HASHES or h & 1023 < 372]
    joined = ",".join(map(str, [*keys, *(h for h in hashes if h not in {*keys})]))
    outlets = ",".join(sorted(text.outlets))
    lines["core.article_sketch"].append(
        f"{text.article_id}\t\\\\x{text.text_sha256}\t{{{joined}}}\t{len(keys)}\t{{{outlets}}}\t{run}"
    )


def _search_rows(text: _Text, lines: Lines) -> None:
    outlets = sorted(text.outlets)
    tokens = vector(text.headline, text.body, publishing.labels(text.published, outlets))
    lines["core.article_search"].append(
        f"{text.article_id}\t\\\\x{text.text_sha256}\t{text.published or NULL}\t{{{','.join(outlets)}}}\t{tokens}"
        f"\t{search_version()}"
    )


def _story_rows(texts: Sequence[_Text], lines: Lines, run: str) -> None:
    stories: dict[int, list[_Text]] = defaultdict(list)
    for text in texts:
        stories[text.story].append(text)
    for members in stories.values():
        story_id = min(t.article_id for t in members)
        lines["core.story_article"] += [f"{t.article_id}\t{story_id}\t{run}" for t in members]
        for i, one in enumerate(members):
            for other in members[i + 1 :]:
                smaller, larger = sorted((one.article_id, other.article_id))
                shorter, longer = sorted((one.share, other.share))
                relation = "reprint" if shorter >= 0.7 * longer else "abridged"
                lines["core.story_link"].append(f"{smaller}\t{larger}\t0.98\t{relation}\t{run}")


# Into the warehouse ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written, and in how many seconds: rows, then keys, indexes and counts, then statistics."""

    articles: int
    rows: dict[str, int]
    seconds_rows: float
    seconds_keys: float
    seconds_vacuum: float


def copy_lines(connection: sa.Connection, target: str, columns: str, lines: Sequence[str]) -> None:
    """COPY lines into a table."""
    connection.connection.cursor().copy_expert(
        f"COPY {target} ({columns}) FROM STDIN", io.StringIO("\n".join(lines) + "\n")
    )


def _write(dsn: str, seed: int, numbers: range, total: int) -> tuple[dict[str, int], set[tuple[int, int]]]:
    """Make some blocks and copy them in one transaction."""
    lines: Lines = defaultdict(list)
    named: set[tuple[int, int]] = set()
    for number in numbers:
        made, names = block(seed, number, total, min(BLOCK, total - number * BLOCK))
        for table, rows in made.items():
            lines[table] += rows
        named |= names
    engine = connect(dsn)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        for table, columns in COLUMNS.items():
            if lines[table]:
                copy_lines(connection, table, columns, lines[table])
    engine.dispose()
    return {table: len(rows) for table, rows in lines.items()}, named


def fill(dsn: str, *, articles: int, seed: int = 1, workers: int = 1) -> Filled:
    """Write so many articles into the empty, migrated warehouse at `dsn`; with one worker in this process.

    Raises:
        ValueError: if there are articles in it already.
    """
    start = time.perf_counter()
    engine = connect(dsn)
    with engine.begin() as connection:
        if connection.scalar(sa.text("SELECT EXISTS (SELECT FROM core.article)")):
            raise ValueError("the warehouse is not empty")
        put_up = _take_down(connection)
        outlets = [f"{o.outlet_id}\t{o.name}\t{o.kind}\t{o.country or NULL}" for o in Outlets.load()]
        copy_lines(connection, "core.outlet", "outlet_id, name, kind, country", outlets)
    n_blocks = -(-articles // BLOCK)
    parts = [range(i, min(i + _BLOCKS_PER_COPY, n_blocks)) for i in range(0, n_blocks, _BLOCKS_PER_COPY)]
    rows: dict[str, int] = defaultdict(int)
    named: set[tuple[int, int]] = set()
    for written, names in _written(dsn, seed, parts, articles, workers):
        named |= names
        for table, count in written.items():
            rows[table] += count
    with engine.begin() as connection:
        rows |= _entity_rows(connection, named)
        connection.exec_driver_sql(
            "INSERT INTO ops.sketch_key (article_id, keys) SELECT article_id, hashes[1:n_keys] FROM core.article_sketch"
        )
    copied = time.perf_counter()
    _put_up(engine, put_up)
    migrate.migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("SET LOCAL work_mem = '256MB'")
        publishing.publish_articles(
            connection, connection.scalars(sa.text("SELECT article_id FROM core.article")).all()
        )
    keyed = time.perf_counter()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")
    engine.dispose()
    return Filled(articles, dict(rows), copied - start, keyed - copied, time.perf_counter() - keyed)


def _written(
    dsn: str, seed: int, parts: Sequence[range], articles: int, workers: int
) -> Iterator[tuple[dict[str, int], set[tuple[int, int]]]]:
    if workers == 1:
        for part in parts:
            yield _write(dsn, seed, part, articles)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        # A few at a time: all results at once would not be constant memory.
        for i in range(0, len(parts), 4 * workers):
            group = parts[i : i + 4 * workers]
            yield from pool.map(_write, [dsn] * len(group), [seed] * len(group), group, [articles] * len(group))


def _entity_rows(connection: sa.Connection, named: set[tuple[int, int]]) -> dict[str, int]:
    """Write the entities that articles name, and the spellings by which they do; return how many rows by table."""
    run = str(connection.scalar(sa.text("SELECT run_id FROM ops.run ORDER BY run_id LIMIT 1")))
    entities = catalogue().entities
    chosen = [entities[who] for who in sorted({who for who, _ in named})]
    spelled = [(entities[who].entity_id, entities[who].forms[number]) for who, number in sorted(named)]
    # Each entity is one sense: the names of its articles are joined already.
    written = {
        "core.entity": [entity_row(e, run) for e in chosen],
        "core.sense": [sense_row(e, run) for e in chosen],
        "core.entity_name": [f"{i}\t{f.spelling}\t{f.rule}\t{f.score}\t{run}" for i, f in spelled],
        "core.sense_name": [sense_name_row(i, f, run) for i, f in spelled],
    }
    for table, rows in written.items():
        copy_lines(connection, table, COLUMNS[table], rows)
    return {table: len(rows) for table, rows in written.items()}


def entity_row(entity: Known, run: str) -> str:
    """Return the row of an entity, as a line of COPY."""
    return f"{entity.entity_id}\t{entity.key}\t{entity.type}\t{entity.name}\t{'ft'[entity.is_curated]}\tf\t{run}"


def sense_name_row(entity_id: str, form: Form, run: str) -> str:
    """Return the row of a spelling, as a line of COPY."""
    return f"{entity_id}\t{form.spelling}\t{phrase(form.spelling)}\t{form.rule}\t{form.score}\t{entity_id}\tf\t{run}"


def sense_row(entity: Known, run: str) -> str:
    """Return the row of an entity's one sense, as a line of COPY."""
    name = phrase(entity.name)
    known = joining.Sense(entity.key, entity.type, name, is_curated=entity.is_curated)
    block = None if entity.is_curated else joining.block(entity.type, name)
    flags = "\t".join("ft"[flag] for flag in (known.is_curated, known.is_short, known.is_common))
    places = f"{block or NULL}\t{joining.family(entity.type, name) or NULL}"
    return (
        f"{entity.entity_id}\t{entity.key}\t{entity.type}\t{name}\t{flags}\t{places}\t{{}}\t{{}}\t{{}}"
        f"\t{entity.entity_id}\town name\t0.95\tf\t{entity.entity_id}\t{joining.JOINING_VERSION}\t{run}"
    )


_CONSTRAINTS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
  format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)), contype = 'f'
FROM pg_constraint
WHERE connamespace IN ('raw'::regnamespace, 'core'::regnamespace, 'ops'::regnamespace)
  AND contype IN ('p', 'u', 'f') AND conparentid = 0
ORDER BY contype = 'f' DESC, conrelid, conname
"""
_INDEXES = """
SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class AS c ON c.oid = indrelid
WHERE relnamespace IN ('raw'::regnamespace, 'core'::regnamespace, 'ops'::regnamespace)
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY indrelid, indexrelid
"""


def _take_down(connection: sa.Connection) -> list[str]:
    """Drop foreign keys, keys and indexes; return the statements that make them again, foreign keys last."""
    constraints = connection.execute(sa.text(_CONSTRAINTS)).all()
    indexes = connection.execute(sa.text(_INDEXES)).all()
    # A view that groups by a key depends on it: all of them go, and `migrate` makes them again.
    connection.exec_driver_sql("DROP SCHEMA report CASCADE")
    for table in COLUMNS:  # what they note is published at the end, all at once
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for statement in (*(c[0] for c in constraints), *(i[0] for i in indexes)):
        connection.exec_driver_sql(statement)
    keys = [c[1] for c in constraints if not c[2]]
    triggers = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in COLUMNS]
    return [*keys, *(i[1] for i in indexes), *(c[1] for c in constraints if c[2]), *triggers]


def _put_up(engine: sa.Engine, statements: Sequence[str]) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '1GB'")
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        for statement in statements:
            connection.exec_driver_sql(statement)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dsn", help="an empty warehouse or none yet; without it, the embedded one of RASD_HOME")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))
    arguments = parser.parse_args()
    if arguments.dsn:
        migrate.create_database(arguments.dsn)
        engine = connect(arguments.dsn)
        migrate.migrate(engine)
        _tell(engine, arguments.dsn, arguments)
        return
    from rasd.local import house

    with house.opened() as opened:
        _tell(opened.warehouse(), opened.warehouse_dsn, arguments)


def _tell(engine: sa.Engine, dsn: str, arguments: argparse.Namespace) -> None:
    filled = fill(dsn, articles=arguments.articles, seed=arguments.seed, workers=arguments.workers)
    with engine.connect() as connection:
        size = int(connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)
    engine.dispose()
    for table, count in filled.rows.items():
        print(f"{table:<22}{count:>12,}")
    print(
        f"{filled.articles:,} articles: rows {filled.seconds_rows:.0f} s, keys, indexes and counts"
        f" {filled.seconds_keys:.0f} s, statistics {filled.seconds_vacuum:.0f} s; {size / 2**30:.2f} GiB,"
        f" {size / filled.articles / 1024:.1f} KiB an article"
    )


if __name__ == "__main__":
    main()
