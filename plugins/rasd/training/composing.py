"""Pages put together from parts of others: layouts that nobody has written, with the label of every line known.

A labelled page teaches one layout. Cut into its parts (what stands above the headline, between headline and text,
inside the text, below it) and put together anew with the parts of other pages around the text of another article, a
few hundred of them make as many layouts as one likes (domain randomisation: Tobin et al. 2017). Texts come from the
labelled pages and from openly licensed corpora of news, further lines from an inventory of wording.

Everything is drawn from one generator: the same seed and material give the same pages.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from rasd.arabic.text import fold
from rasd.reading.wording import subject
from rasd.training.layouts import Line, Run, Sheet, Story, Wording, sentences

_STOP = re.compile(r"[.۔]+$")
_TAG_SEPARATOR = re.compile(r"[،,|•\n/]| - | – |\s{2,}|(?=#)")
_TRIMMED = '.،,؛:؟! «»"()-–'
_BULLETS = ("- ", "• ", "* ", "▪ ", "– ", "🔹 ", "🔸 ", "◼ ", "✅ ", "● ", "·", "-", "•")
_SEPARATORS = ("   ", " | ", " > ", " » ", " / ", " ", " - ", "  ", " • ", "\t", " :: ", " · ")
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass
class Material:
    """What pages are composed of.

    Attributes:
        sheets: layouts of labelled pages.
        empty: the lines of labelled pages without an article.
        stories: articles of labelled pages, in their paragraphs.
        wires: articles of corpora, in sentences.
        titles: headlines that others may bear.
        wording: further lines.
    """

    sheets: list[Sheet] = field(default_factory=list)
    empty: list[tuple[Line, ...]] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    wires: list[Story] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    wording: Wording = field(default_factory=Wording.load)


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed page: its text, and its labels as (start, end, kind, sub-kind)."""

    text: str
    segments: tuple[tuple[int, int, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class _Style:
    """What a page does everywhere alike: blank lines above paragraphs and around furniture, its bullet."""

    gap: int
    loose: int
    bullet: str


_MONEYS = (
    "دولار أمريكي",
    "يورو",
    "جنيه إسترليني",
    "دينار أردني",
    "الدولار",
    "اليورو",
    "الذهب",
    "ريال سعودي",
    "درهم",
    "ليرة",
)
_PRAYERS = ("الفجر", "الشروق", "الظهر", "العصر", "المغرب", "العشاء")
_RATE_HEADS = (
    "الطقس",
    "حالة الطقس",
    "أسعار العملات",
    "العملات",
    "مواقيت الصلاة",
    "أوقات الصلاة",
    "أسعار الصرف",
    "درجات الحرارة",
    "البورصة",
    "النتائج",
)

# Wording in whole sentences: what a site says of itself, of a text, or to its readers, wherever on a page.
_SAID = (
    *(
        ("boilerplate", sub)
        for sub in (
            *("sponsor", "disclosure", "method", "glossary", "intro", "episode", "promo", "promo", "promo"),
            *("service", "facts", "video", "quote", "notice", "consent", "comments", "offer", "offer", "print"),
            *("donate", "tip", "poll", "notes", "about", "author_bio", "disclaimer", "post_foot", "government"),
            *("box", "comment_text", "comments", "prompt", "subscribe", "paywall", "prayer", "verse", "disclosure"),
        )
    ),
    *(("metadata", "correction"), ("metadata", "origin"), ("navigation", "teaser"), ("navigation", "more")),
)
# What stands behind an article is near it in subject on so many pages: the nearest of so many articles drawn.
_NEAR, _DRAWN_NEAR = 0.5, 15
_Maker = Callable[[Story, _Style], Iterable[Line]]
_ABOVE = ("stamp", "page_title", "date", "section", "item_head", "label", "slug", "post_head")
_BARS = ("ticker", "langs", "skip", "english", "french", "programme", "card", "score_bar", "toc")


class Composer:
    """Draws pages from material; each call of `compose` gives another one."""

    def __init__(self, material: Material, seed: int) -> None:
        self.material = material
        self.random = Random(seed)
        self.blocks: dict[str, list[tuple[Line, ...]]] = {
            "top": [block for sheet in material.sheets for block in _blocks(sheet.top)],
            "between": [block for sheet in material.sheets for block in _blocks(sheet.between)],
            "inside": [group for sheet in material.sheets for _, group in sheet.inside],
            "tail": [block for sheet in material.sheets for block in _blocks(sheet.tail)],
        }
        self.special = [block for story in material.stories for block in _special(story)]

    def compose(self) -> Composed:
        """Return a page."""
        rng = self.random
        chance = rng.random()
        if self.material.empty and chance < 0.03:
            lines = list(self._fitted(rng.choice(self.material.empty), self._story(short=True)))
        elif chance < 0.1:
            lines = list(self._without_article())
        elif chance < 0.14:
            lines = list(self._digest())
        else:
            lines = self._page()
        chance = rng.random()
        if chance < 0.08:
            lines = [replace(line, gap=0) for line in lines]
        elif chance < 0.14:
            lines = [replace(line, gap=max(1, line.gap)) for line in lines]
        if rng.random() < 0.1:
            lines = _without_stops(lines)
        elif (chance := rng.random()) < 0.04:
            lines = list(_wrapped(lines, rng.randint(26, 110)))
        elif chance < 0.07:
            lines = list(_broken(lines, rng))
        if rng.random() < 0.05:
            lines = [replace(line, runs=tuple(replace(run, text=run.text.translate(_DIGITS)) for run in line.runs))
                     for line in lines]  # fmt: skip
        return rendered(lines)

    def _page(self) -> list[Line]:
        """Return a page with an article: each part from a labelled page, or of blocks and lines drawn one by one."""
        rng = self.random
        story = self._story()
        story, summary = self._summed_up(story) if rng.random() < 0.14 else (story, ())
        a = rng.choice(self.material.sheets)
        mixed = rng.random() < 0.7
        b, c, d = (rng.choice(self.material.sheets) if mixed else a for _ in range(3))
        style = _Style(a.paragraph_gap, max(a.paragraph_gap, rng.choice((0, 0, 1, 1, 2))), rng.choice(_BULLETS))
        drawn = rng.random() if mixed else 0.0
        lines = list(self._fitted(a.top, story)) if rng.random() > drawn else self._drawn("top", story, style)
        if mixed and rng.random() < 0.03:
            lines += self._others(style, 1, story)
        if story.title and rng.random() < 0.95:
            lines.append(Line((Run(story.title, "title", "headline"),), a.title_gap))
        between = list(self._fitted(b.between, story)) if rng.random() > drawn else self._drawn("between", story, style)
        lines += self._summarised(between, story, style, summary)
        own = c.inside if rng.random() > drawn else ()
        lines += self._body(story, b, own, style, interrupted=mixed)
        if rng.random() < 0.15:
            return lines
        more = list(self._more(style, story)) if mixed else []
        early = rng.random() < 0.4
        lines += more if early else []
        lines += list(self._fitted(d.tail, story)) if rng.random() > drawn else self._drawn("tail", story, style)
        lines += [] if early else more
        return [line for line in lines if line.kinds & {"main_article", "title"} or rng.random() > 0.04]

    # ------------------------------------------------------------------------------------------------- texts

    def _story(self, *, short: bool = False) -> Story:
        """Return an article in paragraphs; a short one has a few."""
        rng = self.random
        if not short and rng.random() < 0.008:
            return self._round()
        own = not self.material.wires or rng.random() < 0.6
        story = rng.choice(self.material.stories if own else self.material.wires)
        paragraphs = list(story.paragraphs)
        if not own:
            paragraphs = self._paragraphs(paragraphs)
        most = rng.choice((1, 2, 2, 3, 4)) if short else rng.choice((2, 3, 4, 5, 6, 8, 10, 14, 20))
        if len(paragraphs) > most:
            start = rng.choice((0, rng.randint(0, len(paragraphs) - most)))
            paragraphs = paragraphs[start : start + most]
        if not short:
            for _ in range(rng.choice((0, 0, 0, 0, 1, 1, 2))):
                at = rng.randint(0 if rng.random() < 0.2 else min(1, len(paragraphs)), len(paragraphs))
                paragraphs[at:at] = self._feature(paragraphs)
            if rng.random() < 0.08:
                paragraphs = self._asked(paragraphs)
            elif len(paragraphs) > 3 and rng.random() < 0.2:
                paragraphs = self._divided(paragraphs)
            elif rng.random() < 0.04:
                paragraphs = self._marked(paragraphs)
        while len(paragraphs) > 1 and paragraphs[-1][0] == "subheading":
            paragraphs.pop()
        while len(paragraphs) > 1 and paragraphs[0][0] == "subheading":
            del paragraphs[0]
        title = story.title or self._beginning(rng.choice(paragraphs)[1])
        return Story(title, tuple(paragraphs), story.lead)

    def _round(self) -> Story:
        """Return an article that tells of several matters, each under a heading of its own."""
        rng = self.random
        parts = [self._story(short=True) for _ in range(rng.choice((2, 2, 3, 4, 5)))]
        mark = rng.choice(("", "", "", "- ", "• ", "* ", "n- ", "n. "))
        headed = rng.random() < 0.6
        paragraphs: list[tuple[str, str]] = []
        for n, part in enumerate(parts):
            if n or headed:
                paragraphs.append(("subheading", mark.replace("n", str(n + 1)) + part.title))
            paragraphs += part.paragraphs[: rng.choice((1, 1, 2, 3))]
        form = rng.random()
        if form < 0.7:
            several = rng.choice((" ..و", "..و", "، و", "، ", ".. ", " و")).join(
                " ".join(part.title.split()[: rng.randint(3, 6)]) for part in parts[: rng.choice((2, 2, 3))]
            )
            title = several if form < 0.5 else f"{self._words('kicker', 'kicker')}: {several}"
        else:
            title = f"{self._words('kicker', 'kicker')} {self.material.wording.fill(rng, 'date')}"
        return Story(title, tuple(paragraphs))

    def _summed_up(self, story: Story) -> tuple[Story, tuple[str, ...]]:
        """Return an article without some of its sentences, and these: what a summary above it may tell."""
        rng = self.random
        later = [n for n, (sub, text) in enumerate(story.paragraphs) if n and sub == "body" and len(text.split()) > 9]
        if not later:
            return story, ()
        taken = sorted(rng.sample(later, min(len(later), rng.choice((1, 1, 1, 2, 3)))))
        found = []
        for n in taken:
            text = sentences(story.paragraphs[n][1])[0]
            words = text.split()
            text = " ".join(words[: rng.randint(9, 34)]).strip(_TRIMMED)
            if text.startswith("و") and rng.random() < 0.8:
                text = text[1:]
            found.append(text + rng.choice((".", ".", ".", "", "..", "...", "؟")))
        if len(found) > 1 and rng.random() < 0.6:
            found = [" ".join(found)]
        gone = set(taken) if len(story.paragraphs) > len(taken) + 1 else set()
        kept = tuple(one for n, one in enumerate(story.paragraphs) if n not in gone)
        return replace(story, paragraphs=kept), tuple(found)

    def _paragraphs(self, parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return sentences as paragraphs of one to four."""
        rng = self.random
        most = rng.choice((1, 1, 2, 2, 3, 4))
        paragraphs: list[str] = []
        for _, one in parts:
            last = paragraphs[-1] if paragraphs else ""
            if last and ((last.count(". ") + 1 < most and rng.random() < 0.7) or len(last.split()) < 6):
                paragraphs[-1] += " " + one
            else:
                paragraphs.append(one)
        return [("body", one) for one in paragraphs]

    def _feature(self, paragraphs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return lines of a text that are no plain paragraphs: a list, a table, questions, subheadings, a verse."""
        rng = self.random
        chance = rng.random()
        if self.special and chance < 0.45:
            return list(rng.choice(self.special))

        def clause(low: int, high: int) -> str:
            return self._clause(rng.choice(paragraphs)[1], low, high)

        count = rng.randint(2, 6)
        if chance < 0.6:
            lead = [("body", clause(4, 14) + ":")] if rng.random() < 0.7 else []
            mark = rng.choice((*_BULLETS, "", "n- ", "n. ", "n) "))
            stop = rng.choice(("", "", ".", "؛"))
            return lead + [
                ("body", mark.replace("n", str(n + 1)) + clause(2, 16) + stop) for n in range(count)
            ]  # fmt: skip
        if chance < 0.66:
            asked, told = rng.choice((("* ", "- "), ("", ""), ("س: ", "ج: "), ("- ", "- "), ("• ", "")))
            found = []
            for _ in range(count):
                found.append(("body", asked + clause(3, 10) + "؟"))
                found.append(("body", told + clause(4, 40) + "."))
            return found
        if chance < 0.71:
            return self._steps(paragraphs)
        if chance < 0.76:
            return self._facts_told(paragraphs)
        if chance < 0.82:
            between = rng.choice((" | ", " | ", ": ", "\t", "   ", " .. ", " - "))
            rows = [between.join(self._row()) for _ in range(count)]
            if between == " | " and rng.random() < 0.5:
                head = between.join(self._key_words_of(paragraphs, rows[0].count("|") + 1))
                rows = [f"| {row} |" for row in (head, *rows)]
                rows.insert(1, "|" + "---|" * (head.count("|") + 1))
            return [("table", row) for row in rows]
        if chance < 0.94:
            found = []
            for _ in range(rng.randint(1, 3)):
                heading = clause(1, 7) if rng.random() < 0.55 else self._words("heading", "subheading")
                if rng.random() < 0.06:
                    heading = rng.choice(("I", "II", "III", "IV", "1", "2", "3", "١", "٢", "أولا", "ثانيا"))
                found.append(("subheading", heading + rng.choice(("", "", "", "؟", ":", ".."))))
                found.append(("body", clause(15, 50) + "."))
            return found
        return [("body", clause(2, 7) + rng.choice(("", "،", ".", "…", "؟", "!"))) for _ in range(rng.randint(1, 4))]

    def _facts_told(self, paragraphs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return a heading of a text with facts below it: labels and values on one line or two, or numbers."""
        rng = self.random
        found = [("subheading", self._words("heading", "box"))] if rng.random() < 0.6 else []
        mark = rng.choice(("", "", "", *_BULLETS))
        glue = rng.choice((": ", ": ", ": ", " - ", "\t", "\n", " "))
        for _ in range(rng.randint(3, 7)):
            label = self._clause(rng.choice(paragraphs)[1], 1, 3)
            number = rng.choice((str(rng.randint(1, 99)), f"{rng.randint(1, 99)},{rng.randint(100, 999)}",
                                 f"{rng.uniform(0, 99):.1f}", f"{rng.randint(1, 99)}%"))  # fmt: skip
            value = rng.choice((number, number, f"{number} {self._clause(rng.choice(paragraphs)[1], 1, 2)}",
                                self._clause(rng.choice(paragraphs)[1], 1, 6)))  # fmt: skip
            line = f"{number} {label}" if glue == " " else label + glue + value
            found += [("table", mark + part) for part in line.split("\n")]
        return found

    def _steps(self, paragraphs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return headings with points below them: what speaks for and against, what is needed, the hours of a talk."""
        rng = self.random
        mark = rng.choice(("", "- ", "+ ", "– ", "• ", "n- ", "n. ", "✅ ", "0:00 ", "0:00 –\n"))
        stop = rng.choice(("", "", ".", "؛"))
        found: list[tuple[str, str]] = []
        for _ in range(rng.choice((1, 1, 2, 3))):
            found.append(("subheading", self._words("heading", "steps") + rng.choice(("", "", ":"))))
            for n in range(rng.randint(2, 6)):
                clock = f"{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
                head = mark.replace("n", str(n + 1)).replace("0:00", clock)
                line = head + self._clause(rng.choice(paragraphs)[1], 1, 11) + stop
                found += [("body", part) for part in line.split("\n")]
        return found

    def _marked(self, paragraphs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return paragraphs that all bear the same mark, as some columns do, or the same end."""
        rng = self.random
        mark, end = rng.choice((*_BULLETS, "n- ", "n. ", "")), rng.choice(("", "", "..", "...", "!"))
        return [
            (
                sub,
                mark.replace("n", str(n + 1)) + (_STOP.sub("", text) + end if end else text) if sub == "body" else text,
            )
            for n, (sub, text) in enumerate(paragraphs)
        ]

    def _asked(self, paragraphs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return paragraphs as an interview: what stands before it, then questions and answers to the end."""
        rng = self.random
        asked, told = rng.choice(
            (("* ", "- "), ("", ""), ("س: ", "ج: "), ("- ", "- "), ("• ", ""), ("- ", ""), ("* ", ""), ("س- ", "ج- "))
        )
        begin = rng.randint(0, min(2, len(paragraphs) - 1))
        found = list(paragraphs[:begin])
        for sub, text in paragraphs[begin:]:
            if sub == "body":
                question = self._clause(rng.choice(paragraphs)[1], 3, 14)
                answer = text if rng.random() < 0.5 else self._clause(text, 4, 30) + "."
                found += [
                    ("body", f"{asked}{question}{rng.choice(('؟', '؟', '؟', '؟!', '..؟', '.'))}"),
                    ("body", told + answer),
                ]
        return found or list(paragraphs)

    def _divided(self, paragraphs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return paragraphs with subheadings between them, mostly of words of what follows."""
        rng = self.random
        mark = rng.choice(("", "", "", "", "** ", "- ", "■ ", "# "))
        heads = rng.sample(range(1, len(paragraphs)), rng.randint(1, min(4, len(paragraphs) - 2)))
        found: list[tuple[str, str]] = []
        for n, one in enumerate(paragraphs):
            if n in heads and one[0] == "body":
                chance = rng.random()
                heading = self._clause(one[1], 1, 7)
                if chance < 0.35:
                    heading = self._words("heading", "subheading" if chance < 0.28 else "date_entry")
                found.append(("subheading", mark + heading + rng.choice(("", "", "", "", "؟", ":", "..", "!"))))
            found.append(one)
        return found

    def _row(self) -> list[str]:
        rng = self.random
        cells = [self.material.wording.fill(rng, rng.choice(("city", "tag", "country", "category")))]
        return cells + [
            str(rng.choice((rng.randint(0, 99), rng.randint(100, 9999), round(rng.uniform(0, 99), 1))))
            for _ in range(rng.randint(1, 4))
        ]

    def _beginning(self, text: str) -> str:
        """Return a headline made of a text's beginning."""
        return " ".join(sentences(text)[0].split()[: self.random.randint(5, 12)]).strip(_TRIMMED) or text[:60]

    def _clause(self, text: str, low: int, high: int) -> str:
        words = text.split()
        count = self.random.randint(low, high)
        start = self.random.randint(0, max(0, len(words) - count))
        return " ".join(words[start : start + count]).strip(_TRIMMED) or "كذلك"

    def _of(self, story: Story, low: int, high: int) -> str:
        return self._clause(self.random.choice(story.paragraphs)[1], low, high)

    def _key_words(self, story: Story, count: int) -> list[str]:
        return self._key_words_of(story.paragraphs, count)

    def _key_words_of(self, paragraphs: Sequence[tuple[str, str]], count: int) -> list[str]:
        found = []
        for _ in range(count):
            text = self._clause(self.random.choice(paragraphs)[1], 1, self.random.choice((1, 1, 2, 3)))
            one = re.sub(r"[^\w\s]", "", text).strip()
            found.append(one or self.material.wording.fill(self.random, "tag"))
        return found

    def _words(self, kind: str, sub: str) -> str:
        return self.material.wording.draw(self.random, kind, sub, {"headline": self.material.titles})

    def _line(self, kind: str, sub: str, gap: int = 0, text: str | None = None) -> Line:
        return Line((Run(text if text is not None else self._words(kind, sub), kind, sub),), gap)

    # ------------------------------------------------------------------------------- parts of labelled pages

    def _fitted(self, lines: Sequence[Line], story: Story) -> Iterator[Line]:
        """Yield lines of a layout with what speaks of its article made to speak of this one."""
        for line in lines:
            yield replace(line, runs=tuple(self._refit(run, story) for run in line.runs))

    def _refit(self, run: Run, story: Story) -> Run:
        rng = self.random
        text = run.text
        if run.kind == "title" and run.sub in ("repeated", "headline"):
            text = story.title or text
        elif run.sub == "caption" and rng.random() < 0.4 and len(text.split()) > 3:
            text = self._of(story, 4, 14)
        elif run.sub in ("standfirst", "summary") and len(text.split()) > 4:
            text = self._of(story, 6, 24) + ("." if text[-1:] == "." else "")
        elif run.kind == "tags" and rng.random() < 0.8:
            text = self._tags(text, story)
        elif run.kind == "navigation" and len(text.split()) >= 4 and "|" not in text and rng.random() < 0.6:
            text = rng.choice(self.material.titles)
        return replace(run, text=text)

    def _tags(self, text: str, story: Story) -> str:
        head, colon, rest = text.partition(":")
        if not colon:
            head, rest = "", text
        parts = [one for one in _TAG_SEPARATOR.split(rest) if one.strip()]
        for part, key in zip(parts, self._key_words(story, len(parts)), strict=True):
            rest = rest.replace(part.strip("# "), key, 1)
        return head + colon + rest

    # ----------------------------------------------------------------------------------- parts drawn anew

    def _drawn(self, part: str, story: Story, style: _Style) -> list[Line]:
        """Return a part of a layout made of blocks: of labelled pages and of the wording."""
        rng = self.random
        makers, counts = {
            "top": (self._above(), (0, 1, 1, 2, 3, 4, 6)),
            "between": (self._below_headline(), (0, 1, 1, 2, 2, 3, 4, 5)),
            "tail": (self._below_text(), (0, 1, 2, 3, 4, 5, 7)),
        }[part]
        lines: list[Line] = []
        if rng.random() < {"top": 0.05, "between": 0.2, "tail": 0.35}[part]:
            lines += self._said(story, style)
        for _ in range(rng.choice(counts)):
            if self.blocks[part] and rng.random() < 0.5:
                lines += self._fitted(rng.choice(self.blocks[part]), story)
            else:
                lines += rng.choice(makers)(story, style)
        return lines

    def _above(self) -> Sequence[_Maker]:
        return (
            *(self._menu, self._menu, self._crumb, self._crumb, self._ticker, self._ticker, self._kicker, self._again),
            *(self._picture, self._one("navigation", "teaser"), self._many("metadata", _ABOVE)),
            *(self._many("metadata", _ABOVE), self._many("navigation", _BARS), self._many("navigation", _BARS)),
            *(self._rates, self._rates, self._said, self._said),
            *(self._many("boilerplate", ("widget", "consent", "ad", "share", "follow", "notice", "image")),),
            *(self._many("boilerplate", ("masthead", "forum", "government", "blog", "channel_head", "prompt")),),
        )

    def _below_headline(self) -> Sequence[_Maker]:
        facts = ("date", "date", "byline", "byline", "stamp", "views", "source", "section", "label", "slug")
        tools = ("share", "tool", "player", "follow", "photo_credit", "ad", "ai_notice", "rating", "counters", "prompt")
        return (
            *(self._many("metadata", facts),) * 10,
            *(self._many("boilerplate", tools),) * 6,
            *(self._picture, self._picture, self._picture, self._again, self._kicker, self._place),
            *(self._said,) * 4,
            *(self._many("navigation", ("toc", "skip", "langs")), self._counters, self._counters),
        )

    def _below_text(self) -> Sequence[_Maker]:
        site = ("share", "follow", "subscribe", "disclaimer", "report", "read_at_source", "poll", "widget", "ad")
        more = (
            *("paywall", "gallery", "author_bio", "about", "references", "rating", "counters", "channel", "forum"),
            *("government", "blog", "related_service", "job_ad", "death_notice", "notice", "prompt", "image"),
        )
        return (
            *(self._many("metadata", ("source", "credit", "source", "credit", "correction", "views")),) * 6,
            *(self._many("boilerplate", site),) * 8,
            *(self._many("boilerplate", more),) * 6,
            *(self._links,) * 4,
            *(self._life, self._life, self._one("boilerplate", "disclaimer")),
            *(self._said,) * 7,
            *(self._key_word_list, self._key_word_list, self._remarks, self._remarks, self._foot, self._foot),
            *(self._menu, self._picture, self._one("navigation", "pager"), self._rates, self._counters),
            *(self._many("navigation", ("card", "programme", "playlist", "english", "french", "langs", "inline")),) * 2,
        )

    def _many(self, kind: str, subs: Sequence[str]) -> _Maker:
        """Return what makes lines of one of these kinds."""

        def make(story: Story, style: _Style) -> Iterable[Line]:
            return self._one(kind, self.random.choice(subs))(story, style)

        return make

    def _one(self, kind: str, sub: str) -> _Maker:
        """Return what makes lines of one kind: mostly one, else a few, each on its own line or all on one."""

        def make(_: Story, style: _Style) -> Iterator[Line]:
            count = self.random.choice((1, 1, 1, 2, 3)) if sub not in ("date", "page_title", "byline", "section") else 1
            texts = [self._words(kind, sub) for _ in range(count)]
            if count > 1 and self.random.random() < 0.4:
                texts = [self.random.choice(_SEPARATORS).join(texts)]
            for n, text in enumerate(texts):
                yield self._line(kind, sub, style.loose if n == 0 else 0, text)

        return make

    def _said(self, story: Story, style: _Style) -> Iterator[Line]:
        """Yield a sentence or a few that are no part of any text, some of them about what the text is about."""
        rng = self.random
        kind, sub = rng.choice(_SAID)
        own = self._about(story)
        mark = rng.choice(("", "", "", "", "* ", "- ", "• ", "**", "[]", "()")) if sub not in ("notes", "poll") else ""
        for n in range(rng.choice((1, 1, 1, 1, 2, 3))):
            text = self.material.wording.draw(rng, kind, sub, own)
            text = f"{mark[0]}{text}{mark[1]}" if mark in ("[]", "()") else mark + text
            yield self._line(kind, sub, style.gap if n == 0 else rng.choice((0, style.gap)), text)

    def _about(self, story: Story) -> dict[str, list[str]]:
        """Return words of a story, or of another one, for what wording speaks of; nothing on some pages."""
        rng = self.random
        chance = rng.random()
        if chance < 0.4:
            return {"headline": self.material.titles}
        about = story if chance < 0.85 else self._story(short=True)
        return {
            "topic": [self._of(about, 1, 4) for _ in range(3)],
            "thing": [self._of(about, 1, 3) for _ in range(3)],
            "headline": [about.title] if chance < 0.7 else self.material.titles,
        }

    def _menu(self, _: Story, style: _Style) -> Iterator[Line]:
        rng = self.random
        entries = [self._words("navigation", "menu") for _ in range(rng.randint(2, 12))]
        if rng.random() < 0.5:
            entries = [rng.choice(_SEPARATORS).join(entries)]
        for n, entry in enumerate(entries):
            yield self._line("navigation", "menu", style.loose if n == 0 else 0, entry)

    def _rates(self, _: Story, style: _Style) -> Iterator[Line]:
        """Yield what changes by the day: degrees of cities, prices of moneys, hours of prayer, results."""
        rng = self.random
        sub = "widget"
        if rng.random() < 0.6:
            yield self._line("boilerplate", sub, style.loose, rng.choice(_RATE_HEADS))
        names = rng.choice(
            (_MONEYS, _PRAYERS, self.material.wording.fills["city"], self.material.wording.fills["country"])
        )
        first = rng.randint(0, max(0, len(names) - 3))
        count = rng.choice((3, 5, 6)) if len(names) < 9 else rng.choice((1, 2, 3, 3, 4, 5))
        glue = rng.choice((" ", "", ": ", " | ", "  ", "\n", "\n", "\t", " - "))
        turned = rng.random() < 0.3
        form = rng.choice(("{:.2f}", "{:.0f}°", "{:.0f}", "{:.1f}%", "{:.0f}°C", "{:.3f}", "{:.2f}°"))
        if names is _PRAYERS:
            form, turned = "{}", False
        whole = rng.random() < 0.2
        texts = []
        for name in names[first : first + count] if len(names) < 9 else rng.sample(names, count):
            value = form.format(rng.uniform(1, 60)) if form != "{}" else f"{rng.randint(1, 23)}:{rng.randint(10, 59)}"
            texts.append(glue.join((value, name) if turned else (name, value)))
        texts = [rng.choice((" ", " | ", "   ")).join(texts).replace("\n", " ")] if whole else texts
        for text in texts:
            for part in text.split("\n"):
                yield self._line("boilerplate", sub, 0, part)

    def _counters(self, _: Story, style: _Style) -> Iterator[Line]:
        """Yield bare numbers: of views, shares, comments, sizes of letters."""
        rng = self.random
        mark = rng.choice(("", "", "• ", "- ", "+", "(", "👁 "))
        for n in range(rng.choice((1, 1, 2, 3, 4))):
            number = rng.choice(
                (str(rng.randint(0, 9)), str(rng.randint(0, 999)), f"{rng.uniform(1, 20):.1f}K", "00:00")
            )
            yield self._line(
                "boilerplate", "counters", style.loose if n == 0 else 0, mark + number + (")" if mark == "(" else "")
            )

    def _ticker(self, _: Story, style: _Style) -> Iterator[Line]:
        """Yield headlines of the hour on one line."""
        rng = self.random
        glue = rng.choice(
            (" ", " ", "", "   ", " | ", " • ", " ... ", f" {self.material.wording.fill(rng, 'outlet')} ")
        )
        head = rng.choice(("", "", "عاجل ", "آخر الأخبار ", "شريط الأخبار: ", "أهم الأخبار "))
        titles = [rng.choice(self.material.titles) for _ in range(rng.randint(2, 9))]
        yield self._line("navigation", "headline_bar", style.loose, head + glue.join(titles) + rng.choice(("", glue)))

    def _crumb(self, story: Story, style: _Style) -> Iterator[Line]:
        rng = self.random
        text = self._words("navigation", "breadcrumb")
        if rng.random() < 0.5:
            parts = ["الرئيسية", *(self.material.wording.fill(rng, "section") for _ in range(rng.randint(1, 2)))]
            parts += [story.title] if rng.random() < 0.3 else []
            separator = rng.choice((" > ", " / ", " » ", " | ", " ", "/", " \u203a ", " - "))
            text = separator.join(parts)
        yield self._line("navigation", "breadcrumbs", style.loose, text)

    def _kicker(self, _: Story, style: _Style) -> Iterator[Line]:
        text = self._words("kicker", "kicker")
        yield Line((Run(text, "title", "kicker"),), style.loose)

    def _again(self, story: Story, style: _Style) -> Iterator[Line]:
        if story.title:
            yield Line((Run(story.title, "title", "repeated"),), style.loose)

    def _picture(self, story: Story, style: _Style) -> Iterator[Line]:
        rng = self.random
        chance = rng.random()
        text = self._of(story, 2, 14) if chance < 0.3 else self._words("boilerplate", "caption")
        if chance > 0.6:
            text = self.material.wording.draw(rng, "boilerplate", "scene", self._about(story))
        if chance > 0.93:
            text = self._of(story, 6, 18) + "."
        text += rng.choice(
            (
                "",
                "",
                "",
                "" if text[-1] == "." else ".",
                " (أ ف ب)",
                " (رويترز)",
                " - أرشيفية",
                " (أرشيف)",
                " © AFP",
                " (الأناضول)",
            )
        )
        for _ in range(rng.choice((1, 1, 1, 1, 2))):
            yield self._line("boilerplate", "caption", style.loose, text)

    def _place(self, _: Story, style: _Style) -> Iterator[Line]:
        yield Line((Run(self._words("metadata", "dateline"), "dateline", "inline"),), style.loose)

    def _key_word_list(self, story: Story, style: _Style) -> Iterator[Line]:
        rng = self.random
        if rng.random() < 0.5:
            own = {"tag": self._key_words(story, 8)}
            yield self._line("tags", "keywords", style.loose, self.material.wording.draw(rng, "tags", "keywords", own))
            return
        keys = self._key_words(story, rng.randint(2, 7))
        label = rng.choice(
            ("الكلمات المفتاحية:", "كلمات دلالية:", "وسوم:", "الوسوم", "Tags:", "هاشتاغ", "مواضيع:", "", "")
        )
        if rng.random() < 0.3:
            keys = [("#" if rng.random() < 0.7 else "") + key.replace(" ", "_") for key in keys]
        if rng.random() < 0.5:
            if label:
                yield self._line("tags", "keywords", style.loose, label.rstrip(":"))
            for n, key in enumerate(keys):
                yield self._line("tags", "keywords", style.loose if n == 0 else 0, key)
        else:
            text = rng.choice((" ", "، ", " , ", " | ", " - ", "  ", " • ", ",")).join(keys)
            yield self._line("tags", "keywords", style.loose, f"{label} {text}".strip())

    def _links(self, _: Story, style: _Style) -> Iterator[Line]:
        """Yield headlines of other stories, under a head or bare, some with days or half a sentence, or on one line."""
        rng = self.random
        kind = rng.choice(("related", "related", "most_read", "latest"))
        gap = rng.choice((0, style.gap, style.loose))
        if rng.random() < 0.75:
            yield self._line("navigation", kind, style.loose, self._words("related_marker", kind))
        titles = [rng.choice(self.material.titles) for _ in range(rng.choice((1, 2, 3, 3, 4, 5, 6, 8)))]
        form = rng.random()
        if form < 0.12:
            glue = rng.choice((" ", "", "   ", " | ", " • ", " - "))
            yield self._line("navigation", kind, gap, glue.join(titles))
            return
        dated, led = form > 0.75, rng.random() < 0.15
        mark = rng.choice(("", "", "", style.bullet))
        for n, title in enumerate(titles):
            if form < 0.3:
                title = self._words("navigation", "teaser")  # noqa: PLW2901
            yield self._line("navigation", kind, gap, (f"{n + 1}- " if form > 0.95 else mark) + title)
            if dated:
                yield self._line("navigation", kind, 0, self.material.wording.fill(rng, rng.choice(("date", "hour"))))
            if led:
                yield self._line("navigation", kind, 0, self._cut_lead())

    def _cut_lead(self) -> str:
        """Return a story's first words, cut off, or its first sentence."""
        rng = self.random
        text = self._story(short=True).paragraphs[0][1]
        if rng.random() < 0.35:
            return sentences(text)[0]
        words = text.split()
        return " ".join(words[: rng.randint(8, 24)]) + rng.choice(("...", "…", "", " [...]", " ...", "."))

    def _remarks(self, __: Story, style: _Style) -> Iterator[Line]:
        """Yield what readers wrote, with names and days."""
        rng = self.random
        sub = "comments"
        if rng.random() < 0.95:
            yield self._line("boilerplate", sub, style.loose)
        form = rng.randint(0, 3)
        for _ in range(rng.randint(0, 5)):
            text = self._words("boilerplate", "comment_text")
            name = self.material.wording.fill(rng, "person")
            day = self.material.wording.fill(rng, rng.choice(("date", "hour")))
            if form < 2:
                yield self._line("boilerplate", sub, style.loose, name)
                if form:
                    yield self._line("boilerplate", sub, 0, day)
            elif form == 2:
                said = rng.choice((f"{name} {day}", f"{name} يقول:", f"{name} قال:", f"{name} ({day})"))
                yield self._line("boilerplate", sub, style.loose, said)
            elif rng.random() < 0.5:
                text = rng.choice((f"{name}: {text}", f"{rng.randint(1, 9)}. {text}", f"{name} [{day}]: {text}"))
            yield self._line("boilerplate", sub, 0, text)
            if rng.random() < 0.4:
                yield self._line(
                    "boilerplate", sub, 0, rng.choice(("رد", "الرد", "أعجبني · رد", "Reply", "إبلاغ", "👍 3"))
                )

    def _life(self, _: Story, style: _Style) -> Iterator[Line]:
        """Yield who wrote the text: what a life of a writer says, in some with a mark."""
        mark = self.random.choice(("", "", "", "* ", "*", "- ", "• "))
        yield self._line("boilerplate", "author_bio", style.gap, mark + self._words("boilerplate", "author_bio"))

    def _foot(self, _: Story, style: _Style) -> Iterator[Line]:
        for n in range(self.random.choice((1, 1, 2, 3, 5))):
            yield self._line("boilerplate", "footer", style.loose if n == 0 else 0)

    # ---------------------------------------------------------------------------------------- the text itself

    def _summarised(self, between: list[Line], story: Story, style: _Style, summary: Sequence[str]) -> Iterator[Line]:
        """Yield what stands between headline and text, with a summary in it on some pages."""
        rng = self.random
        at = rng.choice((0, 0, len(between))) if summary or rng.random() < 0.1 else None
        bullet = rng.choice(("", style.bullet)) if len(summary) > 1 else ""
        for n in range(len(between) + 1):
            if n == at and summary:
                if rng.random() < 0.15:
                    yield self._line("metadata", "standfirst", style.loose, self._words("metadata", "standfirst_label"))
                for text in summary:
                    yield self._line("metadata", "standfirst", style.loose, bullet + text)
            elif n == at:
                yield from self._summary(story, style)
            if n < len(between):
                yield between[n]

    def _summary(self, story: Story, style: _Style) -> Iterator[Line]:
        rng = self.random
        kind, sub = "metadata", "standfirst"
        if story.lead and rng.random() < 0.4:
            yield self._line(kind, sub, style.loose, story.lead)
            return
        points = rng.choice((1, 1, 1, 2, 3, 4))
        if points > 1:
            if rng.random() < 0.5:
                head = ("metadata", "standfirst_label") if rng.random() < 0.5 else ("heading", "key_points")
                yield self._line(kind, sub, style.loose, self._words(*head))
            for _ in range(points):
                text = style.bullet + self._of(story, 5, 16) + rng.choice(("", "", "."))
                yield self._line(kind, sub, 0, text)
        elif rng.random() < 0.5:
            yield self._line(kind, sub, style.loose, rng.choice(sentences(rng.choice(story.paragraphs)[1])))
        else:
            yield self._line(kind, sub, style.loose, self._of(story, 6, 22))

    def _body(
        self,
        story: Story,
        layout: Sheet,
        own: Sequence[tuple[float, tuple[Line, ...]]],
        style: _Style,
        *,
        interrupted: bool,
    ) -> Iterator[Line]:
        rng = self.random
        count = len(story.paragraphs)
        groups: dict[int, list[Line]] = {}
        for place, group in own:
            at = min(count - 1, max(1, round(place * count + rng.uniform(-1, 1))))
            groups.setdefault(at, []).extend(self._fitted(group, story))
        if interrupted:
            for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3)) if count > 1 else 0):
                groups.setdefault(rng.randint(1, count - 1), []).extend(self._interruption(story, style))
        timed = interrupted and rng.random() < 0.05
        hours = rng.choice((("entry_time",), ("entry_time", "hour"), ("hour",)))
        after = rng.choice(("", "", "", " -", " —", ":", " |"))
        if interrupted and count > 1 and rng.random() < 0.08:
            at = rng.randint(1, count - 1)
            groups[at] = [*self._others(style, rng.choice((1, 1, 1, 2)), story), *groups.get(at, ())]
        for n, (sub, text) in enumerate(story.paragraphs):
            if n in groups and count > 1:
                yield from groups[n]
            if timed and (sub == "subheading" or (n and rng.random() < 0.8)):
                hour = rng.choice(hours)
                said = (
                    self._words("metadata", hour)
                    if hour == "entry_time"
                    else self.material.wording.fill(rng, hour) + after
                )
                yield self._line("metadata", "entry_time", style.gap, said)
            runs: tuple[Run, ...] = (Run(text, "main_article", sub),)
            if n == 0 and sub == "body" and rng.random() < 0.5:
                dateline = layout.dateline.rstrip() or (self._words("metadata", "dateline") if interrupted else "")
                if dateline:
                    runs = (Run(dateline, "dateline", "inline"), replace(runs[0], before=" "))
            if interrupted and n == count - 1 and rng.random() < 0.02:
                runs = (*runs, Run("[...]", "boilerplate", "truncation", " "))
            yield Line(runs, layout.body_gap if n == 0 else style.gap)

    def _interruption(self, story: Story, style: _Style) -> Iterator[Line]:
        """Yield what stands between two paragraphs and is none."""
        rng = self.random
        chance = rng.random()
        if chance < 0.35 and self.blocks["inside"]:
            yield from self._fitted(rng.choice(self.blocks["inside"]), story)
        elif chance < 0.47:
            yield from self._picture(story, style)
        elif chance < 0.61:
            yield from self._said(story, style)
        elif chance < 0.65:
            subs = ("ad", "follow", "subscribe", "player", "share", "gallery", "widget", "tool", "paywall", "image",
                    "prompt", "notice")  # fmt: skip
            yield from self._one("boilerplate", rng.choice(subs))(story, style)
        elif chance < 0.67:
            yield from self._post(story, style)
        elif chance < 0.69:
            yield from self._box(story, style)
        elif chance < 0.7:
            most = rng.randint(2, 12)
            form = rng.choice(("{} / {}", "{}/{}", "{} من {}", "صورة {} من {}", "{} of {}", "{} - {}"))
            yield self._line("boilerplate", "gallery", style.loose, form.format(rng.randint(1, most), most))
        else:
            yield from self._inner_links(style)

    def _box(self, story: Story, style: _Style) -> Iterator[Line]:
        """Yield a box beside the text: a heading with short lines of facts or of a life below it."""
        rng = self.random
        yield self._line("boilerplate", "box", style.loose, self._words("heading", "box"))
        form = rng.random()
        for _ in range(rng.randint(1, 5)):
            text = self._of(story, 2, 12)
            if form < 0.3:
                text = self._words("boilerplate", "infobox")
            elif form < 0.5:
                text = f"{rng.randint(1, 999)} {text}"
            elif form < 0.65:
                text = f"{self._of(story, 1, 2)}: {text}"
            yield self._line("boilerplate", "box", 0, rng.choice(("", style.bullet)) + text + rng.choice(("", "", ".")))

    def _post(self, story: Story, style: _Style) -> Iterator[Line]:
        """Yield a post of somebody's, with what its network adds to it."""
        rng = self.random
        shell = [self._words("post", "shell") for _ in range(rng.randint(1, 3))]
        said = story if rng.random() < 0.6 else self._story(short=True)
        texts = [self._of(said, 5, 30) + rng.choice(("", ".", " 👏", " 🙏", "!", " ❤️")), *shell]
        if rng.random() < 0.3:
            texts.insert(0, texts.pop())
        if rng.random() < 0.3:
            texts = [" ".join(texts)]
        for n, text in enumerate(texts):
            yield self._line("tweet", "embedded", style.loose if n == 0 else 0, text)

    def _inner_links(self, style: _Style) -> Iterator[Line]:
        rng = self.random
        sub = "inline_related_links"
        titles = [rng.choice(self.material.titles) for _ in range(rng.choice((1, 1, 2, 2, 3, 4)))]
        form = rng.random()
        if form < 0.35:
            for title in titles:
                yield self._line("navigation", sub, style.gap, title)
        elif form < 0.45:
            yield self._line("navigation", sub, style.gap, rng.choice((" ", "", "   ")).join(titles))
        elif form < 0.65:
            yield self._line("navigation", sub, style.gap, self._words("related_marker", "inline"))
        else:
            marker = self._words("related_marker", "related")
            if form < 0.8:
                runs = (Run(marker, "related_marker", "marker"), Run(titles[0], "navigation", sub, " "))
                yield Line(runs, style.gap)
            else:
                yield self._line("related_marker", "marker", style.gap, marker)
                mark = rng.choice(("", "", style.bullet))
                for title in titles:
                    yield self._line("navigation", sub, rng.choice((0, style.gap)), mark + title)

    def _more(self, style: _Style, story: Story) -> Iterator[Line]:
        """Yield what comes behind it all on some pages: whole articles of others."""
        rng = self.random
        if rng.random() > 0.55:
            return
        yield from self._others(style, rng.choice((1, 1, 1, 2, 2, 3, 4, 5)), story)

    def _others(self, style: _Style, count: int, beside: Story) -> Iterator[Line]:
        """Yield whole articles of others: each with a headline or none, in one form; some are near in subject."""
        rng = self.random
        near = rng.random() < _NEAR
        if rng.random() < 0.4:
            yield self._line("related_marker", "marker", style.loose, self._words("related_marker", "related"))
        titled = rng.random() < 0.85
        ruled = rng.choice(("", "", "", "---", "***", "ــــــ", "* * *", "________"))
        dated, placed, posted = rng.random() < 0.4, rng.random() < 0.2, rng.random() < 0.2
        marked = rng.choice(("", "", "", "", style.bullet))
        for _ in range(count):
            story = self._near(beside) if near else self._story(short=True)
            if ruled:
                yield self._line("boilerplate", "rule", style.loose, ruled)
            if posted:
                yield self._line("metadata", "post_head", style.loose)
            if titled:
                gap = max(style.gap, rng.choice((0, 0, 1)))
                yield Line((Run(marked + story.title, "related_article", "headline"),), gap)
            if dated:
                yield from self._facts(style)
            for n, (sub, text) in enumerate(story.paragraphs):
                runs: tuple[Run, ...] = (Run(text, "related_article", sub),)
                if placed and n == 0:
                    runs = (
                        Run(self._words("metadata", "dateline"), "dateline", "inline"),
                        replace(runs[0], before=" "),
                    )
                yield Line(runs, style.gap)
            if rng.random() < 0.15:
                yield from rng.choice((self._key_word_list, self._one("metadata", "source"), self._picture))(
                    story, style
                )

    def _near(self, story: Story) -> Story:
        """Return the one of several articles that shares most words of its subject with a given one."""
        own = _subject(story)
        drawn = [self._story(short=True) for _ in range(_DRAWN_NEAR)]

        def shared(other: Story) -> float:
            words = _subject(other)
            return len(words & own) / (len(words) + 5)

        return max((one for one in drawn if one.title != story.title), key=shared, default=drawn[0])

    def _facts(self, style: _Style) -> Iterator[Line]:
        """Yield day and writer of an article."""
        rng = self.random
        for sub in rng.choice((("date",), ("date",), ("byline",), ("byline", "date"), ("date", "byline"), ("source",))):
            yield self._line("metadata", sub, 0 if rng.random() < 0.5 else style.gap)

    def _digest(self) -> Iterator[Line]:
        """Yield a page of several short matters in one form: the first is the article, the others stand beside it."""
        rng = self.random
        style = _Style(rng.choice((0, 0, 1)), rng.choice((0, 1)), rng.choice(_BULLETS))
        first = self._story(short=True)
        yield from self._drawn("top", first, style)
        mark = rng.choice(("", "", "", style.bullet, "★ ", "🔹 ", "n. ", "n- ", "*** ", "📌 "))
        form = rng.choice(("titled", "titled", "titled", "named", "bare", "asked"))
        ruled = rng.choice(("", "", "", "", "***", "---", "ـــــ"))
        most = rng.choice((1, 1, 1, 2, 3))
        for n in range(rng.randint(2, 7)):
            story = first if n == 0 else self._story(short=True)
            kind = "main_article" if n == 0 else "related_article"
            if ruled and n:
                yield self._line("boilerplate", "rule", style.gap, ruled)
            head = mark.replace("n", str(n + 1))
            if form in ("titled", "asked"):
                titled = Run(head + story.title, "title" if n == 0 else kind, "headline")
                yield Line((titled,), style.loose if n else 0)
                if n == 0:
                    yield from self._drawn("between", story, style) if rng.random() < 0.4 else ()
            texts = [text for _, text in story.paragraphs[:most]]
            if form == "named":
                place = self.material.wording.fill(rng, rng.choice(("city", "topic", "country", "category")))
                texts[0] = f"{head}{place}: {texts[0]}"
            elif form == "bare":
                texts[0] = head + texts[0]
            elif form == "asked":
                asked, told = rng.choice((("س: ", "ج: "), ("السؤال: ", "الجواب: "), ("", ""), ("سؤال: ", "- ")))
                texts = [f"{asked}{self._clause(texts[0], 5, 20)}؟", told + texts[-1]]
            for text in texts:
                yield Line((Run(text, kind, "body"),), style.gap)
            if rng.random() < 0.1:
                yield from self._said(story, style)
        yield from self._drawn("tail", first, style) if rng.random() < 0.8 else ()

    def _without_article(self) -> Iterator[Line]:
        """Yield a page of teasers: headlines, some with days and first words, and no text of their own."""
        rng = self.random
        story = self._story(short=True)
        style = _Style(rng.choice((0, 0, 1)), rng.choice((0, 1)), rng.choice(_BULLETS))
        yield from self._drawn("top", replace(story, title=""), style)
        if rng.random() < 0.25:
            # A notice, a page that is lost, a consent: sentences, but nobody's report.
            for _ in range(rng.randint(2, 6)):
                sub = rng.choice(("consent", "paywall", "subscribe", "disclaimer", "error", "error", "notice", "forum"))
                yield self._line("boilerplate", sub, style.gap)
            yield from self._drawn("tail", story, style)
            return
        if rng.random() < 0.25:
            yield self._line("navigation", "search_results", style.loose)
        titled, dated, bylined = rng.random() < 0.75, rng.random() < 0.45, rng.random() < 0.25
        led = not titled or rng.random() < 0.6
        ended = rng.choice(("...", "…", "", " [...]", " ... المزيد", ".", "."))
        whole = rng.random() < 0.4
        numbered = rng.random() < 0.1
        for n in range(rng.randint(2, 14) if titled else rng.randint(2, 9)):
            one = self._story(short=True)
            if titled:
                mark = f"{n + 1}- " if numbered else ""
                title = one.title if rng.random() < 0.5 else rng.choice(self.material.titles)
                yield self._line("navigation", "list", style.loose, mark + title)
            if bylined:
                yield self._line("navigation", "list", 0, self.material.wording.fill(rng, "author"))
            if dated:
                yield self._line("navigation", "list", 0, self.material.wording.fill(rng, rng.choice(("date", "hour"))))
            if led:
                text = one.paragraphs[0][1]
                if whole:
                    text = " ".join(sentences(text)[: rng.choice((1, 1, 2))])
                else:
                    text = " ".join(text.split()[: rng.randint(7, 34)]).strip(_TRIMMED) + ended
                yield self._line("navigation", "list", 0 if titled else style.gap, text)
        yield from self._one("navigation", "pager")(story, style)
        yield from self._drawn("tail", story, style)


def _subject(story: Story) -> set[str]:
    """Return the words of an article that say what it is about."""
    return {core for _, text in story.paragraphs for core in subject(fold(text))}


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield lines of one kind and sub-kind that stand together; none of an article beside the main one."""
    block: list[Line] = []
    for line in lines:
        first = line.runs[0]
        if block and (block[0].runs[0].kind, block[0].runs[0].sub) != (first.kind, first.sub):
            yield tuple(block)
            block = []
        if "related_article" in line.kinds:
            continue
        block.append(line)
    if block:
        yield tuple(block)


def _special(story: Story) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield stretches of an article that are no plain paragraphs, each with the line above it."""
    plain = [sub == "body" and len(text.split()) >= 14 for sub, text in story.paragraphs]
    start: int | None = None
    for n, one in enumerate((*plain, True)):
        if not one and start is None:
            start = n
        elif one and start is not None:
            yield tuple(story.paragraphs[max(0, start - 1) : min(n + 1, len(plain))])
            start = None


def _without_stops(lines: Sequence[Line]) -> list[Line]:
    """Return lines whose paragraphs bear no full stop at their end."""
    return [
        replace(
            line,
            runs=tuple(
                replace(run, text=_STOP.sub("", run.text) or run.text)
                if run.kind in ("main_article", "related_article")
                else run
                for run in line.runs
            ),
        )
        for line in lines
    ]


def _wrapped(lines: Sequence[Line], width: int) -> Iterator[Line]:
    """Yield lines none of which is longer: paragraphs are broken where a word ends, as in mails and old files."""
    for line in lines:
        if len(line.runs) > 1:
            yield line
            continue
        for n, part in enumerate(textwrap.wrap(line.runs[0].text, width) or [line.runs[0].text]):
            yield Line((replace(line.runs[0], text=part),), line.gap if n == 0 else 0)


def _broken(lines: Sequence[Line], rng: Random) -> Iterator[Line]:
    """Yield lines of the text broken before and behind a few words, as where names were links."""
    for line in lines:
        words = line.runs[0].text.split()
        if len(line.runs) > 1 or line.runs[0].kind not in ("main_article", "related_article") or len(words) < 9:
            yield line
            continue
        cuts = {0, len(words)}
        for _ in range(rng.choice((0, 1, 1, 2))):
            start = rng.randint(3, len(words) - 3)
            cuts |= {start, min(len(words), start + rng.randint(1, 3))}
        for n, (a, b) in enumerate(itertools.pairwise(sorted(cuts))):
            yield Line((replace(line.runs[0], text=" ".join(words[a:b])),), line.gap if n == 0 else 0)


def rendered(lines: Sequence[Line]) -> Composed:
    """Return lines as a page with its labels."""
    parts: list[str] = []
    segments: list[tuple[int, int, str, str | None]] = []
    at = 0
    for n, line in enumerate(lines):
        if n:
            breaks = "\n" * (line.gap + 1)
            parts.append(breaks)
            at += len(breaks)
        for run in line.runs:
            if run is not line.runs[0]:
                parts.append(run.before)
                at += len(run.before)
            text = run.text.replace("\n", " ")
            if not text.strip():
                continue
            parts.append(text)
            segments.append((at, at + len(text), run.kind, run.sub))
            at += len(text)
    return Composed("".join(parts), tuple(segments))
