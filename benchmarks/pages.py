"""Generate realistic pages of Arabic news, for throughput, memory and fuzzing.

    python benchmarks/pages.py --count 5000 --seed 1 --out DIR [--layout aggregator]

The same count, seed and layout give the same bytes everywhere. Page number n depends on nothing but the seed and n,
so pages are made one at a time (memory does not grow) and any of them can be made again. A duplicate repeats the
bytes of an earlier page, a reprint its article under other furniture, an abridgement the beginning of its article.

As a library, `generate` also gives the labels of the main article:

    for page in generate(count=100, seed=7):
        page.content                                   # the bytes, as delivered
        [page.text[a:b] for a, b in page.body]         # the paragraphs of the main article
"""

from __future__ import annotations

import argparse
import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, count
from math import gcd
from pathlib import Path
from random import Random
from typing import Literal, TypeVar

import page_words as words

_T = TypeVar("_T")
Kind = Literal["page", "duplicate", "reprint", "abridged", "bad"]

FIRST_DAY = date(2023, 1, 1)
DAYS = 900
NBSP = "\u00a0"


@dataclass(frozen=True)
class Rates:
    """Shares of pages that are not fresh articles; each in 0..1."""

    duplicate: float = 0.03
    reprint: float = 0.05
    abridged: float = 0.02
    bad: float = 0.02


@dataclass(frozen=True)
class GeneratedPage:
    """A page with what is known of it.

    `text` is the decoded page and every offset an index into it; a bad page has no text and no labels. `body` holds
    the paragraphs of the main article (subheadings among them), `origin` the number of the page whose article this
    one repeats, or None.
    """

    number: int
    name: str
    layout: str
    kind: Kind
    content: bytes = b""
    text: str = ""
    title: tuple[int, int] | None = None
    body: tuple[tuple[int, int], ...] = ()
    published: date | None = None
    outlet: str | None = None
    origin: int | None = None


# Drawing words --------------------------------------------------------------------------------------------------------


def _zipf(items: Sequence[_T], size: int = 4096) -> list[_T]:
    """A table in which the item of rank r stands about 1/r times as often as the first (every item at least once)."""
    weights = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))
    drawn = [items[bisect_right(weights, (i + 0.5) / size * weights[-1])] for i in range(size)]
    return drawn + [item for item in items if item not in set(drawn)]


def _people() -> list[tuple[int, str, str]]:
    """Some 4,000 invented persons: gender (0 masculine, 1 feminine), full name, surname."""
    people = []
    for turn in range(len(words.SURNAMES)):
        for rank, (male, female) in enumerate(zip(words.MALE, words.FEMALE, strict=True)):
            surname = words.SURNAMES[(rank * 7 + turn) % len(words.SURNAMES)]
            people += [(0, f"{male} {surname}", surname), (1, f"{female} {surname}", surname)]
    return people


_CITIES = _zipf(words.CITIES)
_COUNTRIES = _zipf(words.COUNTRIES)
_PEOPLE = _zipf(_people(), 16384)
_ORGANISATIONS = {
    gender: _zipf([name for g, name in words.ORGANISATIONS if g in gender], 1024) for gender in ("m", "f", "mf")
}


class _Draw:
    """Chance, and the persons and the topic of one article."""

    def __init__(self, seed: int, number: int) -> None:
        # A linear map, for speed: Random's own scrambling of an int keeps neighbouring streams apart.
        self.random = Random(seed * 1_000_000_007 + number).random
        self.city = self.country = ""
        self.turns: dict[int, list[int]] = {}
        gender, self.short, self.topic, self.object = self.pick(words.TOPICS)
        self.gender = 0 if gender == "m" else 1
        # Three speakers with three surnames: later sentences name them by these alone.
        cast: dict[str, tuple[tuple[int, str, str], tuple[str, str]]] = {}
        while len(cast) < 3:
            person = self.pick(_PEOPLE)
            cast.setdefault(person[2], (person, self.pick(words.JOBS)))
        self.cast = list(cast.values())
        self.speaker, self.job = self.cast[0]

    def pick(self, items: Sequence[_T]) -> _T:
        return items[int(self.random() * len(items))]

    def below(self, limit: int) -> int:
        return int(self.random() * limit)

    def new_city(self) -> str:
        self.city = self._other(_CITIES, self.city)
        return self.city

    def new_country(self) -> str:
        self.country = self._other(_COUNTRIES, self.country)
        return self.country

    def _other(self, names: Sequence[str], last: str) -> str:
        name = self.pick(names)
        while name == last:
            name = self.pick(names)
        return name


SLOTS: dict[str, Callable[[_Draw], str]] = {
    "city": _Draw.new_city,
    "country": _Draw.new_country,
    "org": lambda d: d.pick(_ORGANISATIONS["mf"]),
    "org_m": lambda d: d.pick(_ORGANISATIONS["m"]),
    "org_f": lambda d: d.pick(_ORGANISATIONS["f"]),
    "person": lambda d: d.speaker[1],
    "surname": lambda d: d.speaker[2],
    "job": lambda d: d.job[d.speaker[0]],
    "topic": lambda d: d.topic,
    "object": lambda d: d.object,
    "short": lambda d: d.short,
    "n": lambda d: str(11 + d.below(89)),
    "k": lambda d: str(200 + 100 * d.below(88)),
    "p": lambda d: str(11 + d.below(80)),
    "year": lambda d: str(1995 + d.below(28)),
    "month": lambda d: d.pick(words.EGYPTIAN_MONTHS),
    "weekday": lambda d: d.pick(words.WEEKDAYS),
    "hashtag": lambda d: d.pick(words.HASHTAGS),
}

_Template = tuple[tuple[str | Callable[[_Draw], str], ...], ...]
_PART = re.compile(r"\{(\w+)\}|\[([^|\]]*)\|([^\]]*)\]")


def _compile(template: str) -> _Template:
    """A template as its parts, once for the masculine and once for the feminine."""
    versions = []
    for gender in (0, 1):
        parts: list[str | Callable[[_Draw], str]] = []
        at = 0
        for match in _PART.finditer(template):
            parts.append(template[at : match.start()])
            parts.append(SLOTS[match[1]] if match[1] else match[2 + gender])
            at = match.end()
        parts.append(template[at:])
        versions.append(tuple(part for part in parts if part))
    return tuple(versions)


@dataclass(frozen=True)
class _Stock:
    """Templates that a writer goes through in an order of his own, so that none comes twice before all came once."""

    number: int
    templates: tuple[_Template, ...]
    strides: tuple[int, ...]


_numbers = count()


def _stock(templates: Sequence[str]) -> _Stock:
    size = len(templates)
    strides = tuple(stride for stride in range(1, size) if gcd(stride, size) == 1)
    return _Stock(next(_numbers), tuple(_compile(template) for template in templates), strides)


_TITLES, _LEADS, _FACTS = _stock(words.TITLES), _stock(words.LEADS), _stock(words.FACTS)
_CLAUSES, _TAILS, _QUOTES = _stock(words.CLAUSES), _stock(words.TAILS), _stock(words.QUOTES)
_FIRST_SPEECH, _LATER_SPEECH = _stock(words.FIRST_SPEECH), _stock(words.LATER_SPEECH)
_QUOTE_OPENERS, _SUBHEADINGS = _stock(words.QUOTE_OPENERS), _stock(words.SUBHEADINGS)
_TWEETS, _QUESTIONS = _stock(words.TWEETS), _stock(words.QUESTIONS)


def _fill(draw: _Draw, stock: _Stock, gender: int | None = None) -> str:
    turn = draw.turns.get(stock.number)
    if turn is None:
        turn = draw.turns[stock.number] = [draw.below(len(stock.templates)), draw.pick(stock.strides)]
    turn[0] = (turn[0] + turn[1]) % len(stock.templates)
    parts = stock.templates[turn[0]][draw.gender if gender is None else gender]
    return "".join([part if isinstance(part, str) else part(draw) for part in parts])


# Writing an article ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Article:
    """What an outlet wrote: the headline, the paragraphs, which of them are subheadings, and the day."""

    title: str
    paragraphs: tuple[str, ...]
    subheadings: frozenset[int]
    day: date


def _sentence(draw: _Draw, said: set[int]) -> str:
    chance = draw.random()
    if chance < 0.22:
        return _fill(draw, _FACTS)
    who = draw.below(3)
    draw.speaker, draw.job = draw.cast[who]
    gender = draw.speaker[0]
    if who not in said:
        said.add(who)
        return f"{_fill(draw, _FIRST_SPEECH, gender)} {_fill(draw, _CLAUSES)}{_fill(draw, _TAILS)}"
    if chance < 0.4:
        opening, closing = draw.pick((('"', '"'), ("“", "”"), ("«", "»")))
        return f"{_fill(draw, _QUOTE_OPENERS, gender)} {opening}{_fill(draw, _QUOTES)}{closing}."
    return f"{_fill(draw, _LATER_SPEECH, gender)} {_fill(draw, _CLAUSES)}{_fill(draw, _TAILS)}"


def _article(draw: _Draw, goal: int | None = None, *, subheadings: bool = False) -> _Article:
    """An article of about `goal` words; 150 to 900 where no goal is given, short ones more often."""
    goal = goal or 130 + int(730 * draw.random() ** 2)
    day = FIRST_DAY + timedelta(draw.below(DAYS))
    title = _fill(draw, _TITLES)
    said: set[int] = set()
    paragraphs = [_fill(draw, _LEADS)]
    headings = set()
    length = paragraphs[0].count(" ") + 1
    while length < goal:
        sentences = [_sentence(draw, said) for _ in range(1 + draw.below(3))]
        if subheadings and len(paragraphs) > 2 and draw.random() < 0.2 and len(paragraphs) - 1 not in headings:
            headings.add(len(paragraphs))
            paragraphs.append(_fill(draw, _SUBHEADINGS))
        paragraphs.append(" ".join(sentences))
        length += paragraphs[-1].count(" ") + 1
    return _Article(title, tuple(paragraphs), frozenset(headings), day)


# Laying out a page ----------------------------------------------------------------------------------------------------


@dataclass
class _Page:
    """The page under construction: text goes to its end, and what is main article leaves its offsets behind."""

    draw: _Draw
    article: _Article
    parts: list[str] = field(default_factory=list)
    length: int = 0
    title: tuple[int, int] | None = None
    body: list[tuple[int, int]] = field(default_factory=list)
    published: date | None = None
    outlet: str | None = None

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def line(self, text: str) -> None:
        self.add(text + "\n")

    def headline(self) -> None:
        self.title = (self.length, self.length + len(self.article.title))
        self.line(self.article.title)

    def paragraph(self, text: str, end: str = "\n") -> None:
        self.body.append((self.length, self.length + len(text)))
        self.add(text + end)

    def paragraphs(self, start: int = 0, stop: int | None = None) -> None:
        for text in self.article.paragraphs[start:stop]:
            self.paragraph(text)

    def date_line(self, form: str) -> None:
        """A line with the day; `form` holds the fields of `_day`."""
        self.published = self.article.day
        self.line(_day(self.article.day, form))

    def source(self) -> str:
        self.outlet = self.draw.pick(words.OUTLETS)
        return self.outlet

    def other_headlines(self, count: int) -> list[str]:
        return [_fill(_Draw(self.draw.below(1 << 30), i), _TITLES) for i in range(count)]


def _day(day: date, form: str) -> str:
    return form.format(
        d=day.day,
        dd=f"{day.day:02}",
        m=day.month,
        mm=f"{day.month:02}",
        y=day.year,
        english=words.ENGLISH_MONTHS[day.month - 1],
        egyptian=words.EGYPTIAN_MONTHS[day.month - 1],
        maghrebi=words.MAGHREBI_MONTHS[day.month - 1],
        levantine=words.LEVANTINE_MONTHS[day.month - 1],
        weekday=words.WEEKDAYS[day.weekday()],
        th={1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th"),
    )


def _tweet(page: _Page) -> str:
    author, handle = page.draw.pick(words.ACCOUNTS)
    url = "".join(page.draw.pick("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(10))
    posted = _day(page.article.day, "{english} {d}, {y}")
    return f"{_fill(page.draw, _TWEETS)} https://t.co/{url}\n— {author} (@{handle}) {posted}"


def _related(page: _Page) -> None:
    """Another article glued below, with a tweet and two teasers that run into its sentences."""
    draw = _Draw(page.draw.below(1 << 30), 0)
    other = _article(draw, 60 + draw.below(120), subheadings=True)
    page.line("إقرأ أيضاً:")
    page.line(other.title)
    last = len(other.paragraphs) - 1
    tweet_at, teasers_at = 1 + draw.below(3), 2 + draw.below(4)
    for i, text in enumerate(other.paragraphs):
        if i == teasers_at and i not in other.subheadings:
            page.add(" ".join(page.other_headlines(2)))
        elif i == tweet_at and i not in other.subheadings:
            page.add(_tweet(page))
        page.add(text + ("" if i == last else "\n"))


def _aggregator(page: _Page) -> None:
    page.headline()
    page.date_line("تاريخ النشر: {d}{th}, {english} {y} GMT")
    if page.draw.random() < 0.6:
        page.line(f"{page.draw.new_city()}-{page.draw.pick(words.AGENCIES)}")
    tweet_at = 2 + page.draw.below(4) if page.draw.random() < 0.3 else -1
    for i, text in enumerate(page.article.paragraphs):
        if i == tweet_at:
            page.add(_tweet(page))
        page.paragraph(text)
    page.line(f"المصدر: {page.source()}")
    page.line(f"كلمات دلالية: {page.draw.short} {page.draw.city} {page.draw.country}")
    if page.draw.random() < 0.85:
        _related(page)


def _kicker(page: _Page) -> None:
    page.line(f"{page.draw.short} في {page.draw.new_city()} بعيون أهلها")
    page.headline()
    page.line("يمكنكم الآن متابعة آخر الأخبار مجاناً عبر قناتنا على تلغرام")
    page.line("إضغط هنا للإشتراك")
    place, country = page.draw.pick(words.PLACES)
    page.add(f"{place} ({country}): ")
    page.paragraphs()


def _menubar(page: _Page) -> None:
    gap = page.draw.pick((NBSP * 4, "    "))
    page.line(gap.join(page.other_headlines(20 + page.draw.below(30))) + gap)
    page.line("\n" * 6)
    page.line("شكرا على الإبلاغ!\nسيتم حجب هذه الصورة بعد مراجعة البلاغات.\n\n\n")
    page.headline()
    page.date_line(f"نشر في {page.source()} يوم {{dd}} - {{mm}} - {{y}}")
    page.line("")
    page.paragraphs()
    page.line("\n\nانقر هنا لقراءة الخبر من مصدره.")


def _wire(page: _Page) -> None:
    page.headline()
    page.published = page.article.day
    page.add(_day(page.article.day, f"{page.draw.new_city()} {{d}} {{egyptian}} {{y}} (رويترز) - "))
    page.paragraphs()
    page.line(f"(إعداد {page.draw.cast[0][0][1]} للنشرة العربية - تحرير {page.draw.cast[1][0][1]})")


def _bulletin(page: _Page) -> None:
    page.headline()
    page.published = page.article.day
    page.add(_day(page.article.day, f"{page.draw.new_city()} - {{d}} - {{m}} - {{y}} (كونا) -- "))
    page.paragraphs()
    page.line("(النهاية)\nع م ر / ن س ع")


def _portal(page: _Page) -> None:
    draw = page.draw
    page.line(f"الرئيسية > {draw.pick(words.SECTIONS)} > {draw.pick(words.SECTIONS)}")
    page.headline()
    page.line(f"كتب: {draw.cast[2][0][1]}")
    page.date_line("{weekday} {d} {egyptian} {y} - 02:15 م")
    page.line("مشاركة\nفيسبوك\nإكس\nواتساب\nطباعة")
    page.line(f"الصورة: مشهد من مدينة {draw.new_city()} (أرشيفية)")
    for i, text in enumerate(page.article.paragraphs):
        page.paragraph(text)
        if i in (1, 4):
            page.line(f"اقرأ أيضًا: {page.other_headlines(1)[0]}")
    page.line(f"الكلمات المفتاحية: {draw.short} - {draw.city}")
    page.line("الأكثر قراءة\n" + "\n".join(f"{i} {title}" for i, title in enumerate(page.other_headlines(5), 1)))
    page.line("التعليقات (2)\n" + draw.pick(words.COMMENTS) + "\n" + draw.pick(words.COMMENTS) + "\nأضف تعليقك")
    page.line("جميع الحقوق محفوظة ©")


def _live_blog(page: _Page) -> None:
    page.headline()
    page.date_line("{d} {egyptian}/{levantine} {y}")
    page.line("اضغط هنا لتحديث الصفحة")
    minutes = 20 * 60
    for text in page.article.paragraphs:
        page.line(f"{minutes // 60:02}:{minutes % 60:02}")
        page.paragraph(text)
        minutes = max(0, minutes - 5 - page.draw.below(30))
    page.line("انتهت التغطية")


def _interview(page: _Page) -> None:
    page.headline()
    page.line(f"حاورها: {page.draw.cast[1][0][1]}")
    page.date_line("{d} {levantine} {y}")
    for i, text in enumerate(page.article.paragraphs):
        if i:
            page.paragraph(f"● {_fill(page.draw, _QUESTIONS)}")
        page.paragraph(f"- {text}" if i else text)


def _match_report(page: _Page) -> None:
    page.line("رياضة » كرة قدم » الدوري")
    page.headline()
    page.date_line("{d}/{m}/{y} 19:02")
    page.paragraphs()
    for side in range(2):
        names = " – ".join(page.draw.pick(_PEOPLE)[1] for _ in range(5))
        page.paragraph(f"{page.draw.new_city() if side else page.draw.city}: {names}")
    page.paragraph(f"الجمهور: {page.draw.below(40)} ألف متفرج")


def _price_table(page: _Page) -> None:
    page.headline()
    page.date_line("نشر في: {weekday} {d} {egyptian} {y}")
    page.paragraphs(0, 2)
    page.paragraph("الصنف\tأقل سعر\tأعلى سعر")
    for name in words.GOODS:
        low = 5 + page.draw.below(20)
        page.paragraph(f"{name}\t{low}\t{low + page.draw.below(9)}")
    page.paragraphs(2)
    page.line("تابع آخر الأخبار عبر Google News")


def _telegram(page: _Page) -> None:
    page.outlet = "أخبار الفرات"
    page.line(f"قناة {page.outlet}\n12,480 مشتركًا")
    page.date_line(page.outlet + ", [{dd}.{mm}.{y} 10:14]")
    page.paragraphs()
    page.line("@alfurat_news_ch")
    for hour in range(11, 13 + page.draw.below(3)):
        other = _article(_Draw(page.draw.below(1 << 30), hour), 40)
        page.line(_day(page.article.day, f"\n{page.outlet}, [{{dd}}.{{mm}}.{{y}} {hour}:05]"))
        page.line(other.title + "\n" + "\n".join(other.paragraphs))
        page.line("@alfurat_news_ch")


def _snippet(page: _Page) -> None:
    page.headline()
    page.date_line("{d}-{m}-{y}")
    text = page.article.paragraphs[0]
    page.paragraph(text[: text.rindex(" ")], end=" [...]\nاقرأ المزيد")


def _parts(page: _Page) -> None:
    page.line("الرئيسية ‹ تحقيقات")
    page.headline()
    page.date_line("{dd} {maghrebi} {y}")
    page.line(f"الجزء الأول: {page.other_headlines(1)[0]}")
    page.paragraphs()
    page.line("الصفحة 2 من 3\nالسابق\nالتالي")


def _correction(page: _Page) -> None:
    page.headline()
    page.date_line("نُشر: {d} {egyptian} {y} 11:30 ص")
    page.line(_day(page.article.day + timedelta(1), "عُدّل: {d} {egyptian} {y} 09:05 ص"))
    page.paragraphs()
    page.line("تصحيح: ذكرت نسخة سابقة من هذا الخبر رقماً غير دقيق.")


def _inline_also(page: _Page) -> None:
    page.headline()
    page.date_line("{d} {egyptian} {y}")
    page.paragraphs(0, 2)
    page.line(f"اقرأ أيضاً:\n{page.other_headlines(1)[0]}")
    page.paragraphs(2)
    page.line(f"المصدر: {page.source()}")


def _plain(page: _Page) -> None:
    page.headline()
    page.paragraphs()


# The layouts of tests/reading/pages/dev. Those that only its held-out half has are left out on purpose, so that
# nobody writes rules for them by looking at generated pages. The weight says how often a layout is drawn.
LAYOUTS: dict[str, tuple[int, Callable[[_Page], None]]] = {
    "aggregator": (30, _aggregator),
    "kicker": (10, _kicker),
    "menubar": (10, _menubar),
    "wire": (8, _wire),
    "bulletin": (5, _bulletin),
    "portal": (14, _portal),
    "live_blog": (2, _live_blog),
    "interview": (2, _interview),
    "match_report": (2, _match_report),
    "price_table": (2, _price_table),
    "telegram": (3, _telegram),
    "snippet": (2, _snippet),
    "parts": (1, _parts),
    "correction": (2, _correction),
    "inline_also": (4, _inline_also),
    "plain": (3, _plain),
}
_LAYOUT_TABLE = [name for name, (weight, _) in LAYOUTS.items() for _ in range(weight)]
# Layouts that cut the article short or put lines of their own into its body: no place for a reprint.
_UNFAITHFUL = frozenset({"interview", "match_report", "price_table", "snippet"})
_FAITHFUL_TABLE = [name for name in _LAYOUT_TABLE if name not in _UNFAITHFUL]


# Pages by number ------------------------------------------------------------------------------------------------------


def page(number: int, seed: int, layout: str | None = None, rates: Rates = Rates()) -> GeneratedPage:
    """Page `number` of the collection of this seed. Raises KeyError for an unknown layout."""
    kind, drawn, fate = _fate(number, seed, rates)
    if kind == "bad":
        return _bad(number, fate)
    if kind == "page":
        return _lay_out(_Draw(seed, number), GeneratedPage(number, "", layout or drawn, kind), fate)
    origin = fate.randrange(number)
    while origin and not _is_origin(origin, seed, rates):
        origin -= 1
    if kind == "duplicate":
        first = page(origin, seed, layout, rates)
        return replace(first, number=number, name=_name(number, first.layout), kind=kind, origin=origin)
    return _lay_out(_Draw(seed, origin), GeneratedPage(number, "", layout or drawn, kind, origin=origin), fate)


def generate(count: int, seed: int, layout: str | None = None, rates: Rates = Rates()) -> Iterator[GeneratedPage]:
    """The first `count` pages of this seed, one at a time."""
    return (page(number, seed, layout, rates) for number in range(count))


def _fate(number: int, seed: int, rates: Rates) -> tuple[Kind, str, Random]:
    """What becomes of a page number: its kind, its layout where none is asked for, and the chance that is left."""
    fate = Random(seed * 2_000_000_011 + number)
    chance = fate.random()
    kinds: tuple[tuple[Kind, float], ...] = (
        ("duplicate", rates.duplicate),
        ("reprint", rates.reprint),
        ("abridged", rates.abridged),
        ("bad", rates.bad),
    )
    # Page 0 has no earlier page to repeat, and its article is what the first repetitions fall back on.
    for kind, share in kinds if number else ():
        chance -= share
        if chance < 0:
            return kind, _FAITHFUL_TABLE[fate.randrange(len(_FAITHFUL_TABLE))], fate
    table = _LAYOUT_TABLE if number else _FAITHFUL_TABLE
    return "page", table[fate.randrange(len(table))], fate


@lru_cache(maxsize=256)
def _is_origin(number: int, seed: int, rates: Rates) -> bool:
    kind, layout, _ = _fate(number, seed, rates)
    return kind == "page" and layout not in _UNFAITHFUL


def _name(number: int, layout: str) -> str:
    return f"{number // 1000:04}/{number:07}_{layout}.txt"


def _lay_out(draw: _Draw, plan: GeneratedPage, fate: Random) -> GeneratedPage:
    # Subheadings and length belong to the article, so a reprint has the same ones whatever its layout.
    article = _article(draw, subheadings=draw.random() < 0.4)
    if plan.kind == "abridged":
        keep = max(1, (3 * len(article.paragraphs)) // 4)
        article = replace(article, paragraphs=article.paragraphs[:keep])
    built = _Page(_Draw(fate.randrange(1 << 40), plan.number), article)
    LAYOUTS[plan.layout][1](built)
    content, text, shift = _encode("".join(built.parts), fate.random())
    return replace(
        plan,
        name=_name(plan.number, plan.layout),
        content=content,
        text=text,
        title=built.title and (shift(built.title[0]), shift(built.title[1])),
        body=tuple((shift(start), shift(end)) for start, end in built.body),
        published=built.published,
        outlet=built.outlet,
    )


def _encode(text: str, chance: float) -> tuple[bytes, str, Callable[[int], int]]:
    """Most pages are plain UTF-8; some have CRLF, a byte order mark, or are windows-1256."""
    if chance < 0.03:
        return ("\ufeff" + text).encode(), "\ufeff" + text, lambda offset: offset + 1
    if chance < 0.08:
        ends = [i for i, letter in enumerate(text) if letter == "\n"]
        text = text.replace("\n", "\r\n")
        return text.encode(), text, lambda offset: offset + bisect_right(ends, offset - 1)
    if chance < 0.1:
        try:
            return text.encode("windows-1256"), text, lambda offset: offset
        except UnicodeEncodeError:
            pass
    return text.encode(), text, lambda offset: offset


def _bad(number: int, fate: Random) -> GeneratedPage:
    """A page that must end in quarantine: nothing, white space, NUL bytes, bytes of no encoding, only a menu."""
    menu = (f" {NBSP} ".join(words.SECTIONS) + "\n" + "جميع الحقوق محفوظة ©").encode()
    choices = {
        "empty": b"",
        "blank": b" \n\t \r\n" * fate.randrange(1, 50),
        "nul": b"\0" * 40 + fate.randbytes(200),
        "broken": "خبر من ".encode()[:-2] + b"\xff\xfe\xfa\x81" * 30,
        "binary": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + fate.randbytes(300),
        "menu": menu,
    }
    name, content = list(choices.items())[fate.randrange(len(choices))]
    return GeneratedPage(number, _name(number, f"bad_{name}"), f"bad_{name}", "bad", content)


def main() -> None:
    """Write pages below a folder and say how fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layout", choices=sorted(LAYOUTS))
    options = parser.parse_args()
    kinds: Counter[str] = Counter()
    size = 0
    writing = 0.0
    began = time.perf_counter()
    for made in generate(options.count, options.seed, options.layout):
        before = time.perf_counter()
        path = options.out / made.name
        if made.number % 1000 == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content)
        writing += time.perf_counter() - before
        kinds[made.kind] += 1
        size += len(made.content)
    making = time.perf_counter() - began - writing
    print(
        f"{options.count:,} pages, {size / 2**20:.1f} MiB: " + ", ".join(f"{n:,} {k}" for k, n in sorted(kinds.items()))
    )
    print(f"made in {making:.1f} s ({options.count / making:,.0f} pages/s), written in {writing:.1f} s")


if __name__ == "__main__":
    main()
