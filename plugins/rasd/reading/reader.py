"""Reading a page: what the outlet wrote, and what merely stands on the page.

The steps, each in its own module: lines, posts cut out (embeds), glued texts cut apart (joints), what is known by
markers and shapes (marking), which lines make which article (assembly), which of them the weighing of all lines
together takes for the text (weighing, revising), datelines, facts, confidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from rasd.arabic.dates import FoundDate, find_dates
from rasd.arabic.sentences import split_sentences
from rasd.arabic.text import Clean, OffsetMap, clean, display, fingerprint, repair_mojibake
from rasd.reading.assembly import assemble
from rasd.reading.breaks import join_parts
from rasd.reading.columns import join_columns
from rasd.reading.confidence import judge
from rasd.reading.credits import is_person_name
from rasd.reading.datelines import Dateline, dated_dateline, find_dateline, opens_sentence
from rasd.reading.drafts import Draft
from rasd.reading.edges import likely_beside, settle_edges, settle_others
from rasd.reading.embeds import Embed, cut_embeds
from rasd.reading.facts import Facts, gather
from rasd.reading.headlines import before_headline, behind_headline, broken_headline
from rasd.reading.joints import cut_joints
from rasd.reading.lines import Piece, split_lines
from rasd.reading.markers import load_markers
from rasd.reading.marking import mark
from rasd.reading.model import Article, Hints, Published, Quotation, Reading, Segment, SegmentKind, Span, Tweet
from rasd.reading.neighbours import part_neighbours
from rasd.reading.openings import find_opening
from rasd.reading.quotations import find_quotations
from rasd.reading.revising import revise
from rasd.reading.sections import part_sections
from rasd.reading.sentences import take_back
from rasd.reading.series import join_series
from rasd.reading.tagging import label_key_words
from rasd.reading.weighing import weigh

if TYPE_CHECKING:
    from rasd.reading.describing import Floats

# Raise it with every change that can change a reading: rows are stamped with it and replaced by a newer one's.
READER_VERSION = "rules-66"
_NO_HINTS = Hints()
# A first paragraph has more words than a form that stands before it.
_OPENING_WORDS = 9
# Looked at for letters: so many lines of a text, of each so many signs. So many of them are letters in any writing,
# also in a table of figures.
_LOOKED_AT, _OF_EACH, _LETTERS = 6, 60, 0.2
# A headline that a text could repeat and that is no name alone has so many words.
_HEADLINE_WORDS = 5


def read(
    text: str,
    *,
    hints: Hints | None = None,
    landed: date | None = None,
    furniture: frozenset[str] = frozenset(),
) -> Reading:
    """Read one page: label every character of it and put its articles together.

    Args:
        text: the decoded page. All offsets given back are indices into it.
        hints: what the page's container says of it (HTML metadata, fields of a record).
        landed: the day the page came; relative dates ("two hours ago") are read against it, later ones refused. Of a
            datetime the day counts.
        furniture: keys (`marking.line_key`) of lines known to stand on many pages of the outlet. They are never
            article text. Freeze the set for a run: a reading depends on nothing else but its arguments.

    Returns:
        segments that tile the page, the articles on it (the main one first, none where there is no text that
        could be one), and reports for a person. Reading never raises on any text.
    """
    repair = repair_mojibake(text)
    landed = landed.date() if isinstance(landed, datetime) else landed
    reading = _read(repair.text, hints or _NO_HINTS, landed, furniture)
    if repair.text != text:
        reading = _brought_back(reading, text, repair.map)
    return Reading(reading.segments, reading.articles, tuple(dict.fromkeys((*repair.reports, *reading.reports))))


def _read(text: str, hints: Hints, landed: date | None, furniture: frozenset[str]) -> Reading:
    """Read a page without mojibake; see `read`."""
    drafted = draft_page(text, hints, furniture)
    pieces, drafts = drafted.pieces, drafted.drafts
    facts, reports = gather(pieces, drafts, drafted.datelines, [body.text for body in drafted.bodies], hints, landed)
    cut = drafted.cut + _settle_headlines(text, pieces, drafts)
    posts = _posts(pieces, drafted.embeds, landed)
    articles = tuple(_article(drafted, n, facts[n], hints, posts.get(n, ())) for n in range(len(drafts)))
    return Reading(_tile(text, pieces, cut), articles, tuple(reports))


def _article(drafted: Drafted, n: int, facts: Facts, hints: Hints, posts: Sequence[Tweet]) -> Article:
    """Return the n-th article of a page, with what is said of it and the posts that stand in it."""
    pieces, draft, body = drafted.pieces, drafted.drafts[n], drafted.bodies[n]
    heads = [pieces[i] for i in sorted(i for i in (draft.kicker, draft.title) if i is not None)]
    sentences = _body_sentences(body, [pieces[i] for i in draft.body if pieces[i].heading])
    spoken = tuple(
        Quotation(q.start, q.end, q.speaker, q.kind, q.how, q.speaker_start, q.speaker_end)
        for q in find_quotations(body.text)
    )
    in_heads = [
        Quotation(head.start + q.start, head.start + q.end, q.speaker)
        for head in heads
        for q in find_quotations(head.text)
    ]
    confidence, doubts = judge(draft, pieces, facts, drafted.inside if draft.role == "main" else drafted.beside)
    title = _span(pieces, draft.title)
    if title is None and draft.role == "main" and hints.title:
        title = Span(hints.title, 0, 0)
    return Article(
        role=draft.role,
        title=title,
        body=body.text,
        body_map=body.map,
        fingerprint=fingerprint(body.text),
        sentences=tuple(
            sorted([*(one for p in heads for one in _lines_of(p)), *(body.map.to_source(*one) for one in sentences)])
        ),
        body_sentences=sentences,
        published=facts.published,
        outlet=facts.outlet,
        agency=facts.agency,
        place=facts.place,
        author=facts.author,
        kicker=_span(pieces, draft.kicker),
        tags=facts.tags,
        quotations=(*in_heads, *(Quotation(*body.map.to_source(q.start, q.end), q.speaker) for q in spoken)),
        body_quotations=spoken,
        tweets=tuple(posts),
        confidence=confidence,
        doubts=doubts,
    )


class Drafted(NamedTuple):
    """A page whose articles are put together: its lines and posts, the articles, their datelines and texts.

    `cut` are the segments of datelines cut off their paragraphs; `inside` says of each line how sure it is of
    the main text, `beside` of another article's.
    """

    pieces: list[Piece]
    embeds: list[Embed]
    drafts: list[Draft]
    datelines: dict[int, tuple[Dateline, Span]]
    cut: list[Segment]
    bodies: list[Clean]
    inside: list[float]
    beside: list[float]


def draft_page(text: str, hints: Hints = _NO_HINTS, furniture: frozenset[str] = frozenset()) -> Drafted:
    """Put the articles of a page without mojibake together; who wrote them, and when, is not asked yet."""
    pieces, embeds = marked_lines(text, furniture)
    likely = weigh(pieces)
    drafts, inside, behind = _put_together(pieces, hints, likely)
    # Key words below parts that are taken off are the main article's: they were found behind its text.
    end = drafts[1].first if len(drafts) > 1 else len(pieces)
    part_sections(pieces, drafts, inside, likely)
    part_neighbours(pieces, drafts, likely)
    behind += settle_others(pieces, drafts, likely)
    if drafts:
        label_key_words(pieces, drafts[0].title, drafts[0].body, end)
    behind += _cut_headlines(pieces, drafts)
    datelines, cut = _cut_datelines(pieces, drafts)
    bodies = [_body(pieces, draft) for draft in drafts]
    return Drafted(pieces, embeds, drafts, datelines, cut + behind, bodies, inside, likely_beside(likely))


def _put_together(pieces: list[Piece], hints: Hints, likely: Floats) -> tuple[list[Draft], list[float], list[Segment]]:
    """Return the articles, how sure each line is of the main text, and what was cut off behind that."""
    drafts = assemble(pieces, hints)
    own = list(drafts[0].body) if drafts else []
    inside = revise(pieces, drafts, likely)
    join_parts(pieces, drafts, own)
    join_columns(pieces, drafts)
    join_series(pieces, drafts, own, inside)
    take_back(pieces, drafts)
    if drafts and not _is_writing(pieces, drafts[0]):
        for line in pieces:
            if line.kind in ("title", "dateline", "main_article", "related_article"):
                line.label("boilerplate", "hardly_a_letter")
            line.article = None
        drafts.clear()
    return drafts, inside, settle_edges(pieces, drafts, inside, likely)


def _is_writing(pieces: list[Piece], draft: Draft) -> bool:
    """Whether the lines of an article have letters: figures, strokes, or what was lost in decoding are no text."""
    signs = [sign for i in draft.body[:_LOOKED_AT] for sign in pieces[i].text[:_OF_EACH] if not sign.isspace()]
    return sum(map(str.isalpha, signs)) > _LETTERS * len(signs)


def parted_page(text: str) -> tuple[list[Piece], list[Draft], list[float], Floats]:
    """Return a page's lines and articles before its parts are looked at by `sections`, as that is learned from."""
    pieces, _ = marked_lines(text)
    likely = weigh(pieces)
    drafts, inside, _ = _put_together(pieces, _NO_HINTS, likely)
    return pieces, drafts, inside, likely


def weighed_page(text: str) -> tuple[list[Piece], list[Draft], Floats]:
    """Return a page's lines and articles before its other articles are looked at by `neighbours`, to learn from."""
    pieces, drafts, inside, likely = parted_page(text)
    part_sections(pieces, drafts, inside, likely)
    return pieces, drafts, likely


def marked_lines(text: str, furniture: frozenset[str] = frozenset()) -> tuple[list[Piece], list[Embed]]:
    """Return the lines of a page, cut where texts were glued, each with its mark; and the posts among them."""
    markers = load_markers()
    pieces, embeds = cut_embeds(split_lines(text))
    pieces = cut_joints(pieces, markers)
    mark(pieces, markers, furniture)
    return pieces, embeds


def _brought_back(reading: Reading, page: str, way: OffsetMap) -> Reading:
    """Return the reading of a repaired page with all offsets into the page as it was delivered."""

    def back(start: int, end: int) -> tuple[int, int]:
        return way.to_source(start, end) if end > start else (start, end)

    def span(one: Span | None) -> Span | None:
        return Span(one.text, *back(one.start, one.end)) if one else None

    def published(one: Published | None) -> Published | None:
        if one is None or one.start is None or one.end is None:
            return one
        start, end = back(one.start, one.end)
        return replace(one, start=start, end=end)

    starts = [back(s.start, s.end)[0] for s in reading.segments]
    edges = [0, *starts[1:], len(page)] if starts else []
    segments = tuple(
        replace(s, start=edges[n], end=edges[n + 1]) for n, s in enumerate(reading.segments) if edges[n] < edges[n + 1]
    )
    articles = tuple(
        replace(
            a,
            title=span(a.title),
            kicker=span(a.kicker),
            body_map=a.body_map.after(way),
            sentences=tuple(back(*s) for s in a.sentences),
            published=published(a.published),
            tags=tuple(t if t.start == t.end else Span(t.text, *back(t.start, t.end)) for t in a.tags),
            quotations=tuple(Quotation(*back(q.start, q.end), q.speaker) for q in a.quotations),
            tweets=tuple(_moved(t, *back(t.start, t.end)) for t in a.tweets),
        )
        for a in reading.articles
    )
    return Reading(segments, articles, reading.reports)


def _moved(tweet: Tweet, start: int, end: int) -> Tweet:
    return replace(tweet, start=start, end=end)


def _cut_headlines(pieces: list[Piece], drafts: list[Draft]) -> list[Segment]:
    """Cut an article's headline off its first paragraph where that says it again and its sentence begins behind."""
    segments: list[Segment] = []
    for n, draft in enumerate(drafts):
        first = next((i for i in draft.body[:3] if not pieces[i].heading), None)
        if first is None or draft.title is None or draft.title >= first or pieces[draft.title].words < _HEADLINE_WORDS:
            continue
        line, said = pieces[first], pieces[draft.title].text
        behind = line.text[len(said) :].lstrip(" \xa0") if line.text.startswith(said) else ""
        if (
            behind
            and line.text[len(said)] in " \xa0"
            and behind.count(" ") >= _OPENING_WORDS
            and opens_sentence(behind)
        ):
            segments.append(Segment("title", line.start, line.start + len(said), "headline_repeated", n))
            line.start += len(line.text) - len(behind)
            line.text = behind
    return segments


def _cut_datelines(pieces: list[Piece], drafts: list[Draft]) -> tuple[dict[int, tuple[Dateline, Span]], list[Segment]]:
    """Cut the dateline off the first paragraph of each article, or take the short line above it that is one."""
    found: dict[int, tuple[Dateline, Span]] = {}
    segments: list[Segment] = []
    for n, draft in enumerate(drafts):
        above = range(draft.title if draft.title is not None else max(0, draft.body[0] - 4), draft.body[0])
        marked = [i for i in above if pieces[i].kind == "dateline" or _places_a_name(pieces[i])]
        first = next((i for i in draft.body[:3] if not pieces[i].heading), None)
        others = [i for i in draft.others if pieces[i].kind != "tags"]
        for i in [*marked, *others, *([first] if first is not None else [])]:
            line = pieces[i]
            dateline = find_dateline(line.text, alone=i not in draft.body or line.words <= 4)
            if dateline is None and line.kind == "dateline":
                dateline = dated_dateline(line.text)
            if i == first and line.words > _OPENING_WORDS and (opening := find_opening(line.text)) is not None:
                dateline = max(dateline or opening, opening, key=lambda one: one.end)
            if dateline is None or not any(map(str.isalpha, line.text[: dateline.end])):
                continue  # the number of a point is none
            if n not in found:
                found[n] = dateline, Span(line.text[: dateline.end], line.start, line.start + dateline.end)
            elif found[n][0].agency is None and dateline.agency is not None:
                # The line above the text says where, the text's own dateline by whom.
                found[n] = replace(dateline, place=found[n][0].place or dateline.place), found[n][1]
            if dateline.end >= len(line.text):
                if draft.body == [i]:
                    break  # an article of nothing else keeps it
                if is_person_name(line.text.partition(" - ")[0]):
                    line.label("metadata", "writer_with_place_and_outlet", n)
                else:
                    line.label("dateline", "dateline_on_its_own_line", n)
                if i not in draft.body:
                    continue  # the first paragraph may say it again
                draft.body.remove(i)
            else:
                cut = line.text[: dateline.end].rstrip()
                # An unlisted place has one word; what heads one of several items on its line has more.
                heads = draft.role == "related" and draft.title is None and " " in (dateline.unknown or "")
                kind: SegmentKind = "related_article" if heads else "dateline"
                rule = "head_of_an_item" if heads else "dateline"
                segments.append(Segment(kind, line.start, line.start + len(cut), rule, n))
                if heads:
                    del found[n]
                line.start += dateline.end
                line.text = line.text[dateline.end :]
            break
    return found, segments


def _settle_headlines(text: str, pieces: list[Piece], drafts: list[Draft]) -> list[Segment]:
    """Join the lines of a broken headline, cut off what stands before it; returns the segments of what was cut off."""
    segments: list[Segment] = []
    for n, draft in enumerate(drafts):
        if draft.title is None:
            continue
        lines = broken_headline(pieces, draft)
        draft.title = lines[0]
        draft.kicker = None if draft.kicker in lines else draft.kicker
        line = pieces[draft.title]
        if len(lines) > 1:
            for i in lines:
                pieces[i].label("title", "line_of_a_headline", n)
            line.end = pieces[lines[-1]].end
            line.text = text[line.start : line.end]
        before = ""
        length, kind = before_headline(line)
        if length:
            segments.append(Segment(kind, line.start, line.start + length, "before_the_headline", n))
            before, line.text = line.text[:length], line.text[length:]
            line.start += length
        if length := behind_headline(line, before):
            kind = "metadata" if line.text[-1] == ")" else "boilerplate"
            line.text = line.text[:-length]
            line.end = line.start + len(line.text)
            segments.append(Segment(kind, line.end, line.end + length, "behind_the_headline", n))
    return segments


def _places_a_name(line: Piece) -> bool:
    """Whether the line is a place with a name beside it: a writer's, or the agency's."""
    return line.known_by == "name and place"


def _body(pieces: list[Piece], draft: Draft) -> Clean:
    """Return the clean text of an article's paragraphs, one newline between them."""
    runs: list[tuple[int, int, int]] = []
    text = ""
    for i in draft.body:
        line = pieces[i]
        if text:
            text += " " * (line.start - pieces[i - 1].end) if _goes_on_with_line(pieces, i) else "\n"
        runs.append((len(text), line.start, len(line.text)))
        text += line.text
    cleaned = clean(text, repaired=True)
    return Clean(cleaned.text, cleaned.map.after(OffsetMap(tuple(runs))))


def _goes_on_with_line(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a paragraph was cut off the one before it on their line for nothing: both are the text, no heading."""
    line, above = pieces[i], pieces[i - 1]
    together = i > 0 and line.glued and above.kind == line.kind and above.article == line.article
    # A sentence that another one follows without a blank ended there: the cut says so.
    ended = above.ends and above.end == line.start
    return together and not (ended or above.heading or line.heading)


def _span(pieces: list[Piece], i: int | None) -> Span | None:
    if i is None:
        return None
    return Span(" ".join(display(pieces[i].text).split("\n")), pieces[i].start, pieces[i].end)


def _lines_of(head: Piece) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a headline stand on the page: one, but for those that were broken."""
    at = head.start
    for line in head.text.split("\n"):
        yield at, at + len(line.rstrip())
        at += len(line) + 1


def _body_sentences(body: Clean, headings: list[Piece]) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a body as offsets into it; a subheading is one sentence, whatever stands in it."""
    sentences = split_sentences(body.text)
    if not headings:
        return tuple(sentences)
    joined: list[tuple[int, int]] = []
    starts = [heading.start for heading in headings]
    before = -1
    for start, end in sentences:
        at = body.map.to_source(start, start + 1)[0]
        n = bisect_right(starts, at) - 1
        if n < 0 or at >= headings[n].end:
            n = -1
        if n >= 0 and n == before:
            start = joined.pop()[0]  # noqa: PLW2901
        joined.append((start, end))
        before = n
    return tuple(joined)


def _posts(pieces: list[Piece], embeds: list[Embed], landed: date | None) -> dict[int, list[Tweet]]:
    """Return the embedded posts by the number of the article they stand in; outside all, by the main one's."""
    owners = {line.start: line.article or 0 for line in pieces if line.kind == "tweet"}
    posts: dict[int, list[Tweet]] = {}
    for embed in embeds:
        dates = find_dates(embed.posted, landed=landed) if embed.posted else []
        posted = next((d.date for d in dates if isinstance(d, FoundDate)), None)
        tweet = Tweet(embed.start, embed.end, embed.author, embed.handle, posted, embed.url)
        posts.setdefault(owners.get(embed.start, 0), []).append(tweet)
    return posts


def _tile(text: str, pieces: list[Piece], extra: list[Segment]) -> tuple[Segment, ...]:
    """Return the labelled pieces as segments that tile the page; blanks belong to the segment before them."""
    parts: list[tuple[int, tuple[SegmentKind, str, int | None]]] = [
        (p.start, (p.kind or "boilerplate", p.rule, p.article)) for p in pieces
    ]
    if extra:
        parts += [(s.start, (s.kind, s.rule, s.article)) for s in extra]
        parts.sort(key=lambda part: part[0])
    if not parts:
        return (Segment("boilerplate", 0, len(text), "blank_page"),) if text else ()
    merged = [part for n, part in enumerate(parts) if n == 0 or part[1] != parts[n - 1][1]]
    edges = [0, *(start for start, _ in merged[1:]), len(text)]
    return tuple(
        Segment(kind, edges[n], edges[n + 1], rule, article) for n, (_, (kind, rule, article)) in enumerate(merged)
    )
