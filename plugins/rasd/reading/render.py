"""A page as read, shown to a program (JSON), in a terminal, and as one self-contained HTML page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from rasd.reading.model import Article, Published, Reading, Segment

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


@dataclass(frozen=True, slots=True)
class Name:
    """A mention in an article, in page offsets. `entity` is the key of what it points to, `called` its name to show."""

    type: str
    start: int
    end: int
    surface: str
    prefix: str
    entity: str | None
    called: str


@dataclass(frozen=True, slots=True)
class View:
    """All there is to show of one page. `names` holds the mentions of each article of `reading`."""

    file: str
    sha256: str
    encoding: str
    text: str
    reading: Reading
    names: tuple[tuple[Name, ...], ...]
    reports: tuple[str, ...] = ()


class Layer(NamedTuple):
    """Something marked in the text: its kind, and what is said of it."""

    start: int
    end: int
    kind: str
    note: str


# Kinds of segments: the Arabic word beside the name, and a colour of the terminal's 256.
KINDS = {
    "title": ("العنوان", "color(214)"),
    "metadata": ("بيانات", "color(109)"),
    "dateline": ("مكان الخبر", "color(37)"),
    "main_article": ("المقال", "color(114)"),
    "related_article": ("مقال مرتبط", "color(75)"),
    "tweet": ("تغريدة", "color(45)"),
    "navigation": ("قوائم", "color(245)"),
    "tags": ("وسوم", "color(141)"),
    "related_marker": ("علامة اقرأ أيضاً", "color(211)"),
    "boilerplate": ("نص ثابت", "color(240)"),
}
_NAME_STYLES = {"PER": "color(210)", "LOC": "color(120)", "ORG": "color(117)", "MISC": "color(183)"}
# UAX 9 isolates: the text keeps its own direction and does not disturb what stands beside it.
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT, _FIRST_STRONG, _POP = "\u2067", "\u2066", "\u2068", "\u2069"
# Control characters are shown by their pictures, so that none of them acts.
PICTURES: dict[int, int | None] = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"}
PICTURES |= {0x7F: 0x2421, ord("\r"): None}
# Marks that would reorder what stands around them are left out.
PICTURES |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), None)


# To a program -------------------------------------------------------------------------------------------------


def as_json(view: View) -> dict[str, Any]:
    """Return the object that `rasd inspect --json` prints; all offsets are indices into the decoded page."""
    return {
        "file": view.file,
        "sha256": view.sha256,
        "encoding": view.encoding,
        "segments": [
            {"kind": s.kind, "start": s.start, "end": s.end, "rule": s.rule, "article": s.article}
            for s in view.reading.segments
        ],
        "articles": [_article_json(*pair) for pair in zip(view.reading.articles, view.names, strict=True)],
    }


def _article_json(article: Article, names: Sequence[Name]) -> dict[str, Any]:
    title, published = article.title, article.published
    return {
        "role": article.role,
        "title": title and {"text": title.text, "start": title.start, "end": title.end},
        "published": published
        and {
            "date": published.date.isoformat(),
            "precision": published.precision,
            "calendar": published.calendar,
            "raw": published.raw,
        },
        "outlet": article.outlet,
        "agency": article.agency,
        "place": article.place,
        "author": article.author,
        "tags": [tag.text for tag in article.tags],
        "body": article.body,
        "fingerprint": article.fingerprint,
        "sentences": [[start, end] for start, end in article.sentences],
        "mentions": [
            {
                "type": n.type,
                "start": n.start,
                "end": n.end,
                "surface": n.surface,
                "prefix": n.prefix,
                "entity": n.entity,
            }
            for n in names
        ],
        "quotations": [{"start": q.start, "end": q.end, "speaker": q.speaker} for q in article.quotations],
    }


# What both ways of showing share ------------------------------------------------------------------------------


def _segments(view: View) -> Iterator[tuple[Segment, list[Layer]]]:
    """Yield each segment that has something to show, with the layers that reach into it, in page order."""
    segments = view.reading.segments
    over: list[list[Layer]] = [[] for _ in segments]
    starts = [segment.start for segment in segments]
    for layer in _layers(view):
        for i in range(max(0, bisect_right(starts, layer.start) - 1), bisect_left(starts, layer.end)):
            over[i].append(layer)
    for segment, layers in zip(segments, over, strict=True):
        if view.text[segment.start : segment.end].strip():
            yield segment, layers


def _layers(view: View) -> list[Layer]:
    """Return what is marked in the text, in page order."""
    layers = []
    for article, names in zip(view.reading.articles, view.names, strict=True):
        for n, (start, end) in enumerate(article.sentences):
            layers.append(Layer(start, end, f"sentence-{n % 2}", ""))
        published = article.published
        if published and published.start is not None and published.end is not None:
            layers.append(Layer(published.start, published.end, "date", _date_in_words(published)))
        layers += [
            Layer(q.start, q.end, "quotation", f"quotation: {q.speaker or 'speaker not known'}")
            for q in article.quotations
        ]
        layers += [Layer(tag.start, tag.end, "tag", "tag") for tag in article.tags]
        for name in names:
            layers.append(
                Layer(
                    name.start,
                    name.end,
                    name.type,
                    f"{name.type}: {name.called}, {name.entity}" if name.entity else name.type,
                )
            )
    said = {
        fact
        for a in view.reading.articles
        for fact in (("outlet", a.outlet), ("agency", a.agency), ("byline", a.author))
    }
    layers += [layer for word, value in said if value for layer in _places_of(view, value, word)]
    return sorted(layer for layer in set(layers) if layer.end > layer.start)


def _places_of(view: View, value: str, word: str) -> Iterator[Layer]:
    """Find where the lines around an article say who published or wrote it."""
    for segment in view.reading.segments:
        if segment.kind in ("metadata", "dateline", "boilerplate"):
            at = view.text.find(value, segment.start, segment.end)
            if at >= 0:
                yield Layer(at, at + len(value), word, f"{word}: {value}")


def cut(start: int, end: int, layers: Sequence[Layer]) -> Iterator[tuple[int, int, list[Layer]]]:
    """Cut a range wherever one of the layers (in page order) begins or ends; each piece with the layers over it."""
    edges = sorted({start, end, *(e for layer in layers for e in layer[:2] if start < e < end)})
    active: list[Layer] = []
    following = 0
    for left, right in pairwise(edges):
        while following < len(layers) and layers[following].start <= left:
            active.append(layers[following])
            following += 1
        active = [layer for layer in active if layer.end > left]
        yield left, right, active


def shown(text: str, segment: Segment) -> tuple[int, int]:
    """Return the range of a segment without the white space at its ends."""
    part = text[segment.start : segment.end]
    return segment.start + len(part) - len(part.lstrip()), segment.start + len(part.rstrip())


def is_right_to_left(text: str) -> bool:
    """Say whether a text is to be set from right to left."""
    arabic = sum("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in text)
    # A line with a few Arabic words is Arabic, though an English date in it has more letters.
    return arabic * 4 >= sum(c.isalpha() for c in text)


def _role(view: View, index: int | None) -> str:
    """Return `main`, or `related 2` for the second of the related ones, "" for no article."""
    if index is None or index >= len(view.reading.articles):
        return ""
    role = view.reading.articles[index].role
    before = sum(a.role == role for a in view.reading.articles[: index + 1])
    return role if role == "main" else f"{role} {before}"


def _date_in_words(published: Published) -> str:
    return f"{published.date.isoformat()} ({published.precision}, {published.calendar})"


def _facts(article: Article) -> list[tuple[str, str, str]]:
    """Return what is known of an article as (name, value, evidence)."""
    facts = []
    if published := article.published:
        facts.append(("published", _date_in_words(published), published.raw))
    source = (("outlet", article.outlet), ("agency", article.agency))
    named = (*source, ("place", article.place), ("author", article.author))
    facts += [(name, value, "") for name, value in named if value]
    if article.kicker:
        facts.append(("kicker", article.kicker.text, ""))
    return facts


def _counts(article: Article, names: Sequence[Name]) -> str:
    numbers = (
        (len(article.body.split()), "word"),
        (len(article.sentences), "sentence"),
        (len(names), "mention"),
        (len(article.quotations), "quotation"),
        (len(article.tweets), "tweet"),
    )
    return ", ".join(f"{n:,} {what}{'s' * (n != 1)}" for n, what in numbers if n)


class _Grouped(NamedTuple):
    """Mentions of one entity: its type, key and name, the surfaces (most frequent first), and how many."""

    type: str
    entity: str | None
    called: str
    surfaces: tuple[str, ...]
    times: int


def _grouped(names: Iterable[Name]) -> list[_Grouped]:
    groups: dict[tuple[str, str], list[Name]] = {}
    for name in names:
        groups.setdefault((name.type, name.entity or name.surface), []).append(name)
    found = []
    for (kind, _), members in groups.items():
        surfaces = [s for s, _ in Counter(m.surface for m in members).most_common()]
        found.append(_Grouped(kind, members[0].entity, members[0].called, tuple(surfaces), len(members)))
    return sorted(found, key=lambda g: (list(_NAME_STYLES).index(g.type), -g.times, g.called))


def _counted(group: _Grouped) -> str:
    return group.called + (f" ({group.times})" if group.times > 1 else "")


# In a terminal ------------------------------------------------------------------------------------------------


def as_terminal(view: View, width: int) -> Iterator[RenderableType]:
    """Yield what a terminal of that width shows of the page, for `rich.console.Console.print`.

    Nothing is reversed: each line of Arabic is wrapped in an isolate that says its direction, and set to the right;
    the terminal puts its letters in order.
    """
    from rich.rule import Rule
    from rich.text import Text

    yield Rule()
    yield Text(_wrapped(view.file, width), "bold")
    yield Text(f"{len(view.text):,} characters, {view.encoding}, SHA-256 {view.sha256}\n", "dim")
    for segment, layers in _segments(view):
        colour = KINDS[segment.kind][1]
        head = Text.assemble(("▌ ", colour), (segment.kind, f"bold {colour}"))
        if role := _role(view, segment.article):
            head.append(f"  {role}", colour)
        head.append(f"  {_isolated(segment.rule)}  {segment.start}–{segment.end}", "dim")
        yield head
        yield from _lines(view, segment, layers, width)
        yield Text()
    for index, (article, names) in enumerate(zip(view.reading.articles, view.names, strict=True)):
        yield from _article_lines(view, index, article, names, width)
    if not view.reading.articles:
        yield Text("There is no article on this page.", "bold")
    for report in (*view.reports, *view.reading.reports):
        yield Text(_wrapped(f"! {report}", width), "yellow")


def _wrapped(text: str, width: int) -> str:
    """Return the text in lines of at most `width` cells, each an isolate of its own: none may reach over a line end."""
    from rich.console import Console
    from rich.text import Text

    lines = Text(text.translate(PICTURES)).wrap(Console(width=width), width)
    return "\n".join(_isolated(line.plain.rstrip()) for line in lines)


def _packed(items: Iterable[str], width: int) -> str:
    """Return the items side by side in lines of at most `width` cells, each an isolate."""
    from rich.cells import cell_len

    lines: list[str] = []
    for item in items:
        joined = f"{lines[-1]}  {_isolated(item)}" if lines else ""
        if joined and cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines += _wrapped(item, width).split("\n")
    return "\n".join(lines)


def _isolated(text: str) -> str:
    return f"{_FIRST_STRONG}{text.translate(PICTURES)}{_POP}"


def _lines(view: View, segment: Segment, layers: Sequence[Layer], width: int) -> Iterator[Text]:
    """Wrap a segment, one isolate per line, with names and dates in their own colours."""
    from rich.console import Console
    from rich.text import Text

    styles = {**_NAME_STYLES, "date": "bold reverse", "outlet": "bold underline", "agency": "bold underline"}
    colour = KINDS[segment.kind][1]
    text = Text()
    for left, right, over in cut(*shown(view.text, segment), layers):
        style = next((styles[layer.kind] + " underline" for layer in reversed(over) if layer.kind in styles), colour)
        text.append(view.text[left:right].translate(PICTURES), style)
    console = Console(width=width)
    for paragraph in text.split("\n", allow_blank=True):
        right_to_left = is_right_to_left(paragraph.plain)
        for line in paragraph.wrap(console, max(20, width - 4)):
            line.rstrip()
            margin = " " * max(0, width - 2 - line.cell_len) if right_to_left else "  "
            yield Text.assemble(margin, _RIGHT_TO_LEFT if right_to_left else _LEFT_TO_RIGHT, line, _POP)


def _article_lines(
    view: View, index: int, article: Article, names: Sequence[Name], width: int
) -> Iterator[RenderableType]:
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    colour = KINDS["main_article" if article.role == "main" else "related_article"][1]
    room = max(10, width - 19)  # beside the frame, its padding and the longest name
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    if article.title:
        table.add_row("title", Text(_wrapped(article.title.text, room), "bold"))
    for name, value, evidence in _facts(article):
        table.add_row(name, _wrapped(value, room))
        if evidence:
            table.add_row("said by", Text(_wrapped(evidence, room), "dim"))
    if article.tags:
        table.add_row("tags", _packed((tag.text for tag in article.tags), room))
    for kind, style in _NAME_STYLES.items():
        groups = [g for g in _grouped(names) if g.type == kind]
        if groups:
            table.add_row(kind, Text(_packed(map(_counted, groups), room), style))
    table.add_row("counts", _wrapped(_counts(article, names), room))
    table.add_row("confidence", f"{article.confidence:.2f}")
    for doubt in article.doubts:
        table.add_row("doubt", Text(_wrapped(doubt, room), "yellow"))
    table.add_row("fingerprint", Text(_wrapped(article.fingerprint, room), "dim"))
    yield Panel(table, title=f"[bold]{_role(view, index)}[/]", title_align="left", border_style=colour, width=width)


# In a browser -------------------------------------------------------------------------------------------------


def as_html(views: Sequence[View]) -> str:
    """Return one self-contained HTML page: nothing in it is fetched, nothing runs, everything is escaped."""
    css = files("rasd.reading").joinpath("render.css").read_text(encoding="utf-8")
    title = views[0].file if len(views) == 1 else f"{len(views)} pages"
    toggles = (
        ("names", "names", True),
        ("facts", "dates, outlets, authors", True),
        ("quotations", "quotations", True),
        ("sentences", "sentences", False),
        ("rules", "rules and offsets", True),
    )
    switches = "".join(
        f'<label><input type="checkbox" id="show-{key}"{" checked" * on}> {label}</label>' for key, label, on in toggles
    )
    contents = "".join(
        f'<li><a href="#page-{n}"><bdi>{_html(view.file)}</bdi></a> <bdi>{_html(_headline(view))}</bdi></li>'
        for n, view in enumerate(views)
    )
    return "".join(
        [
            '<!DOCTYPE html>\n<html lang="ar" dir="rtl">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
            f"<title>{_html(title)} · rasd inspect</title>\n<style>\n{css}</style>\n</head>\n<body>\n",
            '<header class="bar" dir="ltr"><span class="brand">rasd <b>رصد</b></span>',
            f'<fieldset class="switches"><legend>Show</legend>{switches}</fieldset></header>\n',
            f'<nav class="contents" dir="ltr"><ol>{contents}</ol></nav>\n' if len(views) > 1 else "",
            *(_page_html(view, n) for n, view in enumerate(views)),
            "</body>\n</html>\n",
        ]
    )


def _html(text: str) -> str:
    return escape(text.translate(PICTURES), quote=True)


def _headline(view: View) -> str:
    return next((a.title.text for a in view.reading.articles if a.title), "")


def _page_html(view: View, number: int) -> str:
    counts: Counter[str] = Counter(s.kind for s in view.reading.segments if view.text[s.start : s.end].strip())
    legend = "".join(
        f'<li class="kind-{kind}"><i></i>{kind} <bdi lang="ar">{arabic}</bdi> <small>{counts[kind]}</small></li>'
        for kind, (arabic, _) in KINDS.items()
        if counts[kind]
    )
    names = "".join(f'<span class="{kind}">{kind}</span>' for kind in _NAME_STYLES)
    reports = "".join(f"<li><bdi>{_html(r)}</bdi></li>" for r in (*view.reports, *view.reading.reports))
    articles = "".join(
        _article_html(view, n, *pair) for n, pair in enumerate(zip(view.reading.articles, view.names, strict=True))
    )
    return (
        f'<section class="page" id="page-{number}">\n<header dir="ltr"><h1><bdi>{_html(view.file)}</bdi></h1>'
        f"<p>{len(view.text):,} characters · {_html(view.encoding)} · SHA-256 <code>{_html(view.sha256)}</code></p>"
        f'<ul class="legend">{legend}<li class="names">{names}</li></ul></header>\n'
        + (f'<ul class="reports" dir="ltr">{reports}</ul>\n' if reports else "")
        + '<div class="columns">\n<main>\n'
        + "".join(_segment_html(view, segment, layers) for segment, layers in _segments(view))
        + "</main>\n<aside>\n"
        + (articles or '<p class="none" dir="ltr">There is no article on this page.</p>')
        + "</aside>\n</div>\n</section>\n"
    )


def _segment_html(view: View, segment: Segment, layers: Sequence[Layer]) -> str:
    start, end = shown(view.text, segment)
    text = "".join(_marked(_html(view.text[left:right]), over) for left, right, over in cut(start, end, layers))
    role = _role(view, segment.article)
    glued = bool(view.text[view.text.rfind("\n", 0, start) + 1 : start].strip())
    direction = "rtl" if is_right_to_left(view.text[start:end]) else "ltr"
    return (
        f'<div class="segment kind-{segment.kind}{" glued" * glued}">'
        f'<div class="label" dir="ltr"><b>{segment.kind}</b> '
        + (f'<span class="role">{_html(role)}</span>' if role else "")
        + f'<span class="rule"><bdi>{_html(segment.rule)}</bdi> <small>{segment.start}–{segment.end}</small></span>'
        "</div>"
        f'<div class="text" dir="{direction}">{text}</div></div>\n'
    )


def _marked(text: str, layers: Sequence[Layer]) -> str:
    if not layers:
        return text
    kinds = " ".join(layer.kind for layer in layers)
    note = "; ".join(dict.fromkeys(layer.note for layer in layers if layer.note))
    return f'<span class="{kinds}"' + (f' title="{_html(note)}"' if note else "") + f">{text}</span>"


def _article_html(view: View, index: int, article: Article, names: Sequence[Name]) -> str:
    facts = "".join(
        f'<dt dir="ltr">{name}</dt><dd><bdi>{_html(value)}</bdi>'
        + (f'<q class="evidence"><bdi>{_html(evidence)}</bdi></q>' if evidence else "")
        + "</dd>"
        for name, value, evidence in _facts(article)
    )
    tags = "".join(f"<li>{_html(tag.text)}</li>" for tag in article.tags)
    chips = "".join(
        f'<li class="{g.type}" title="{_html(f"{g.entity or g.type}: " + "، ".join(g.surfaces))}">'
        f"{_html(g.called)}" + (f" <small>{g.times}</small>" if g.times > 1 else "") + "</li>"
        for g in _grouped(names)
    )
    doubts = "".join(f"<li><bdi>{_html(doubt)}</bdi></li>" for doubt in article.doubts)
    return (
        f'<article class="{article.role}"><header dir="ltr"><span class="role">{_html(_role(view, index))}</span>'
        f'<span class="confidence" title="how sure the reader is">{article.confidence:.0%} <meter min="0" max="1" '
        f'low="0.5" high="0.8" optimum="1" value="{article.confidence:.2f}"></meter></span></header>'
        f"<h2>{_html(article.title.text) if article.title else '—'}</h2>"
        + (f"<dl>{facts}</dl>" if facts else "")
        + (f'<ul class="tags">{tags}</ul>' if tags else "")
        + (f'<ul class="chips">{chips}</ul>' if chips else "")
        + (f'<ul class="doubts" dir="ltr">{doubts}</ul>' if doubts else "")
        + f'<p class="counts" dir="ltr">{_counts(article, names)}</p></article>\n'
    )
