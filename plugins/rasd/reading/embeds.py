"""Posts of social networks that stand on a page: found by their attribution or address, cut out exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasd.reading.lines import BLANK, Piece, piece_of
from rasd.reading.wording import announces_post, begins_report

_DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
# — Author (@handle) February 20, 2025 — with the month before or after the day, in Arabic, English or French, and the
# hour before or behind the day.
_DASH = re.compile(r"[—–―]|(?<!\S)--?(?=\s)|&[mn]dash;")
_HANDLE = re.compile(rf"\([{_DIRECTION}]*@(?P<handle>\w{{1,30}})[{_DIRECTION}]*\)")
_MONTH = r"[\u0621-\u064a]{2,12}(?:[ /][\u0621-\u064a]{2,12}){0,2}"
_HOUR = r"[\d٠-٩]{1,2}:[\d٠-٩]{2}(?:\s?(?:[AaPp][Mm](?![A-Za-z])|[صم](?!\w)))?"
_POSTED = re.compile(
    rf"\s*(?:{_HOUR}\s*[·•,،-]?\s*)?(?P<posted>(?:(?:[A-Z][a-z]{{2,8}})\.?\s+\d{{1,2}}\s*,\s*\d{{4}})"
    r"|(?:\d{1,2}\s+(?:[A-Z][a-z]{2,8}|[a-zéû]{3,9})\.?,?\s+\d{4})"
    rf"|(?:[\d٠-٩]{{1,2}}\s+{_MONTH}\s*[,،]?\s*[\d٠-٩]{{4}})"
    rf"|(?:{_MONTH}\s+[\d٠-٩]{{1,2}}\s*[,،]?\s*[\d٠-٩]{{4}})"
    rf"|(?:[\d٠-٩]{{1,2}}[/.-][\d٠-٩]{{1,2}}[/.-][\d٠-٩]{{4}}))(?:\s?[·•,،-]?\s*{_HOUR})?"
)
# Whose a post is and when it was sent, on a line of its own without the dash.
_SIGNED = re.compile(rf"(?P<author>[^@()\n:]{{2,50}}){_HANDLE.pattern}{_POSTED.pattern}\W{{0,3}}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'،؛»”\u0600-\u06ff]+|pic\.(?:twitter|x)\.com/\w+")
_POST_ADDRESS = re.compile(
    r"pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+|https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/\w+/status/\d+"
)
# A post that another account sent on: whose it is stands before it.
_AGAIN = re.compile(r"RT @(?P<handle>\w{1,30})\s?:")
# A joint without a blank: a sentence's end or a closing mark, then at once the first sign of the post.
_GLUED_START = re.compile(r"(?:(?<=[.!?؟])|(?<=\S[\"”»]))(?=[#@A-Za-z\u0621-\u064a])")
# What closes the words before a post in a Latin script.
_CLOSED = re.compile(r"[\s.!?؟:؛،…\"”»)\]-]*")
_KEY_WORDS = re.compile(r"#\w+")
_AND, _OPENING = ("و", "ف"), 60
_SENTENCE_END = re.compile(r"\.[\"”»]?\s+(?=\S)")
# What says that a post's words follow: a colon, with one of `posting` in `seeds/words.csv` in the sentence before it.
_CUE = re.compile(r"(?:^|(?<=[.!?؟]))(?P<said>[^.!?؟:]{8,160}):(?!//)\s*(?=\S)")
_LATIN = re.compile(r"[A-Za-z]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LINE_END = re.compile(f"[{BLANK}]*\\Z")
# Posts of other networks: the line with which the embed begins, and the one that says whose post it is.
_EMBED_HEAD = re.compile(
    r"(?:عرض|شاهد|مشاهدة)\s+(?:هذا|هذه)\s+(?:المنشور|الصورة|الفيديو|المقطع)\s+على\s+\S+|View (?:this post )?on \w+"
)
_NAMED = r"\s+(?P<author>[^\n]{1,80}?)\s*"
_SHARED_BY = re.compile(
    r"(?:تمت مشاركة منشور بواسطة|منشور تمت مشاركته بواسطة|A (?:post|photo|video|reel) shared by)"
    + _NAMED
    + rf"\([{_DIRECTION}]*@[{_DIRECTION}]*(?P<handle>[\w.]{{1,40}})[{_DIRECTION}]*\)[{_DIRECTION}]*"
    r"(?:\s+on\s+(?P<posted>[A-Z][a-z]{2,8} \d{1,2}, \d{4})(?: at \d{1,2}:\d{2}\s?[apAP]\.?[mM]\.?(?: \w{3})?)?)?"
)
_POSTED_BY = re.compile(
    r"(?:(?:تم )?ن[ُ]?شر(?:ت|ه|ها)? بواسطة|Posted by|Publiée? par)" + _NAMED + r"(?:on|sur|في|بتاريخ)\s+"
    r"(?P<weekday>(?:[A-Z][a-z]{2,6}day|[A-Z][a-z]{2,5}di|Dimanche|ال[\u0621-\u064a]{3,8})\s?[,،]?\s*)?"
    r"(?P<posted>[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [a-zéû]{3,9} \d{4}"
    rf"|[\d٠-٩]{{1,2}} {_MONTH}\s?[,،]?\s?[\d٠-٩]{{4}})"
)
# Nothing but the account's name behind it.
_SHARED_BY_ACCOUNT = re.compile(
    r"(?:تمت مشاركة منشور بواسطة|منشور تمت مشاركته بواسطة|A (?:post|photo|video|reel) shared by)"
    r"\s+(?P<author>@?(?P<handle>[A-Za-z0-9_][\w.]{2,39}))(?=\s*$)"
)
_TIKTOK = re.compile(r"@(?P<handle>[\w.]{2,30})\s[^\n]{0,400}♬[^\n]{2,80}")
# What stands between the head of an embed and the line that says whose it is.
_EMBED_LINES = 4
_LOOK_BACK = 120
# The longest post that the networks allow an ordinary account is 280 characters, about six lines.
_POST_LINES = 8


@dataclass(frozen=True, slots=True)
class Embed:
    """A post on the page: `start`, `end` of the whole embed; what its attribution says, as written there."""

    start: int
    end: int
    author: str | None = None
    handle: str | None = None
    posted: str | None = None
    url: str | None = None


def _is_latin(text: str) -> bool:
    return len(_LATIN.findall(text, 0, 400)) > 2 * len(_ARABIC.findall(text, 0, 400))


def _attribution(text: str, *, below: bool) -> tuple[int, int, str, str, str | None] | None:
    """Return (dash, end, author, handle, date) of the line's first attribution; `below` a text it needs no dash."""
    signed = _SIGNED.fullmatch(text) if below and len(text) < _LOOK_BACK else None
    if signed is not None and not _DASH.search(text, 0, signed.start("handle")):
        return 0, len(text), signed["author"].strip(BLANK), signed["handle"], signed["posted"]
    start = 0
    while handle := _HANDLE.search(text, start):
        start = handle.end()
        dashes = list(_DASH.finditer(text, max(0, handle.start() - _LOOK_BACK), handle.start()))
        if not dashes:
            continue
        dash = dashes[-1]
        posted = _POSTED.match(text, handle.end())
        end = posted.end() if posted else handle.end()
        # Without a date only an attribution at the line's end is one: "— he said on (@x) — that" is prose.
        if posted is None and not _LINE_END.match(text, end):
            continue
        author = text[dash.end() : handle.start()].strip(BLANK)
        return dash.start(), end, author, handle.group(1), posted.group(1) if posted else None
    return None


def _post_start(text: str, end: int) -> int:
    """Return where in text[:end] the post begins: 0, behind what announces it, or after what it was glued to."""
    before = text[:end]
    cue = next((m.end() for m in _CUE.finditer(before) if announces_post(m["said"])), 0)
    if _is_latin(before[-80:]):
        plain = _KEY_WORDS.sub(lambda found: " " * len(found.group()), before)
        arabic = max((m.end() for m in _ARABIC.finditer(plain)), default=0)
        closed = _CLOSED.match(before, arabic)
        return max(cue, closed.end() if arabic and closed else 0)
    # An Arabic post behind an Arabic sentence: a joint without a blank shows where it begins, or that no post does so.
    addresses = [(m.start(), m.end()) for m in _ADDRESS.finditer(before)]
    glued = (m.start() for m in _GLUED_START.finditer(before) if end - m.start() >= 20)
    start = max((s for s in glued if not any(a <= s < b for a, b in addresses)), default=0)
    # Sentences that go on with a story stand before it: "and he said …".
    while not cue and before[start : start + 1] in _AND and begins_report(before[start + 1 : start + _OPENING]):
        sentence = _SENTENCE_END.search(before, start)
        if sentence is None:
            break
        start = sentence.end()
    return max(cue, start)


def _belongs_above(line: Piece, arabic_page: bool) -> bool:
    return line.text[0] in "#@" or (arabic_page and _is_latin(line.text) and not line.text.isdigit())


def cut_embeds(pieces: list[Piece], arabic_page: bool = True) -> tuple[list[Piece], list[Embed]]:
    """Cut posts out of the lines.

    Returns:
        the pieces, where a piece that is (part of) a post is labelled `tweet`, and the posts, in page order.
    """
    result: list[Piece] = []
    embeds: list[Embed] = []
    told = False  # whether a paragraph stands above the line above
    for i, line in enumerate(pieces):
        rest: Piece | None = line
        told = told or (i > 1 and _is_paragraph(pieces[i - 2]))
        if "@" in line.text and _HANDLE.search(line.text):
            rest = _cut_attributed(line, result, embeds, arabic_page, below=told)
        if rest is not None:
            result.append(rest)
    for found in result:
        if found.kind is None and "/" in found.text and found.words < 90 and _POST_ADDRESS.search(found.text):
            found.label("tweet", "post_address")
            address = _ADDRESS.search(found.text)
            again = _AGAIN.match(found.text)
            handle = again["handle"] if again else None
            embeds.append(Embed(found.start, found.end, handle=handle, url=address.group() if address else None))
    embeds += _other_networks(result)
    embeds += _framed(result)
    embeds += _cards(result)
    embeds.sort(key=lambda embed: embed.start)
    return result, embeds


def _other_networks(lines: list[Piece]) -> list[Embed]:
    """Label the posts of networks that quote no words of the post but whose it is: Instagram, Facebook, TikTok."""
    found: list[Embed] = []
    first = 0
    for i, line in enumerate(lines):
        if line.kind is not None or not any(map(line.text.__contains__, _HINTS)):
            continue
        if not _HINT.search(line.text, 0, _LOOK_BACK):
            continue
        said = (
            _SHARED_BY.match(line.text)
            or _SHARED_BY_ACCOUNT.match(line.text)
            or _POSTED_BY.match(line.text)
            or _TIKTOK.fullmatch(line.text)
        )
        # Behind it the article may go on on the same line, without a blank.
        if said is None or line.text[said.end() : said.end() + 1].isspace():
            continue
        named = said.groupdict()
        above = range(i - 1, max(first, i - 1 - _EMBED_LINES) - 1, -1)
        head = next((j for j in above if _EMBED_HEAD.fullmatch(lines[j].text)), i)
        if head == i and i > first and _is_posted(lines[i - 1], line):
            head = i - 1  # the post's own words
        if head == i and "weekday" in named and named["weekday"] is None:
            continue  # whose the page is, as blogs say it: networks name the day of the week
        if rest := piece_of(line.text, line.start, said.end(), len(line.text), 0, glued=True):
            lines.insert(i + 1, rest)
            line.end, line.text = line.start + said.end(), said.group()
        for one in lines[head : i + 1]:
            one.label("tweet", "post_of_another_network")
        author = (named.get("author") or "").strip(BLANK) or None
        author = None if author == named.get("handle") else author
        found.append(
            Embed(lines[head].start, line.start + said.end(), author, named.get("handle"), named.get("posted"))
        )
        first = i + 1
    return found


def _is_posted(above: Piece, line: Piece) -> bool:
    """Whether a line is the post that the line below it says to be posted by somebody: cut off, tagged, or set off."""
    if above.kind is not None:
        return False
    return above.text.endswith(_CUT_OFF) or (
        line.gap > 0 and (_HASHTAG.search(above.text) is not None or not above.ends)
    )


def _framed(lines: list[Piece]) -> list[Embed]:
    """Label the posts that stand in a frame of their network: its head, who and when, the words, what others did."""
    found: list[Embed] = []
    for i, line in enumerate(lines[:-1]):
        if line.kind is not None or line.text not in _FRAMES:
            continue
        said = _WHO_AND_WHEN.fullmatch(lines[i + 1].text)
        below = range(i + 2, min(i + 2 + _EMBED_LINES, len(lines)))
        end = next((j for j in below if _COUNTED.fullmatch(lines[j].text)), i + 2)
        if said is None or end >= len(lines):
            continue
        for one in lines[i : end + 1]:
            one.label("tweet", "post_in_a_frame")
        found.append(Embed(line.start, lines[end].end, said["author"].strip(BLANK), None, said["posted"]))
    return found


def _cards(lines: list[Piece]) -> list[Embed]:
    """Label the posts that stand on a card: whose it is, his handle or when, the words, and when or what others did."""
    found: list[Embed] = []
    end = -1
    for i, line in enumerate(lines[:-2]):
        if i <= end or line.kind is not None or line.words > _NAME_WORDS:
            continue
        below = lines[i + 1]
        named = _NAME_AND_HANDLE.fullmatch(line.text) if "@" in line.text else None
        handle = named or (_HANDLE_ALONE.fullmatch(below.text) if below.text[0] == "@" else None)
        dated = handle is None and line.text[-1] not in ".:؟!" and _POSTED_AT.fullmatch(below.text) is not None
        day = _POSTED_ON.fullmatch(below.text) is not None
        bare = handle is None and not dated and line.text[-1] not in ".:؟!" and "#" not in line.text
        bare = bare and any(map(str.isalpha, line.text)) and (day or below.words > 2)
        if handle is None and not dated and not bare:
            continue
        start = i + 1 if named or (bare and not day) else i + 2
        end_of_card = start + 2 if bare else start + 1 + _POST_LINES
        foot = _COUNTED_FOOT if bare else _CARD_FOOT
        feet = [
            j
            for j in range(start + 1, min(end_of_card, len(lines)))
            if foot.fullmatch(lines[j].text) or _COUNTED_FOOT.fullmatch(lines[j].text)
        ]
        if not feet or any(lines[j].kind is not None for j in range(i, feet[0] + 1)):
            continue
        others = sum(
            one.words >= _PARAGRAPH for n, one in enumerate(lines) if not i <= n <= feet[0] and one.kind is None
        )
        if others < 2:
            continue  # the page is the post
        if bare and not (_has_paragraph(lines[:i]) and _has_paragraph(lines[feet[0] + 1 :])):
            continue  # a headline with its first paragraph, and what readers did with them
        end = feet[0]
        for one in lines[i : end + 1]:
            one.label("tweet", "post_on_a_card")
        said = _POSTED_ON.search(lines[end].text) or (_POSTED_ON.search(below.text) if dated or day else None)
        author = named["author"] if named else line.text
        found.append(
            Embed(
                line.start,
                lines[end].end,
                author.strip(BLANK),
                handle["handle"] if handle else None,
                said and said.group(),
            )
        )
    return found


def _has_paragraph(lines: list[Piece]) -> bool:
    return any(map(_is_paragraph, lines))


def _is_paragraph(line: Piece) -> bool:
    return line.words >= _PARAGRAPH and line.kind is None and line.ends


# Who posts has so many words at most; a paragraph of the page around has so many at least.
_NAME_WORDS, _PARAGRAPH = 7, 12
_NAME_AND_HANDLE = re.compile(r"(?P<author>[^@\n]{2,50})\s+\(?@(?P<handle>\w{2,30})\)?")
_HANDLE_ALONE = re.compile(r"@(?P<handle>\w{2,30})")
_POSTED_ON = re.compile(rf"[\d٠-٩]{{1,2}}\s+{_MONTH}\s*[,،]?\s*[\d٠-٩]{{4}}|[A-Z][a-z]{{2,8}} \d{{1,2}}, \d{{4}}")
_POSTED_AT = re.compile(
    rf"[\d٠-٩]{{1,2}}\s+{_MONTH}(?:\s+[\d٠-٩]{{4}})?\s*[،,·]?\s*(?:الساعة\s*)?[\d٠-٩]{{1,2}}:[\d٠-٩]{{2}}\s?[صم]?\s?·?"
    r"|[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})? at \d{1,2}:\d{2}\s?[AP]M\s?·?"
)
_CARD_FOOT = re.compile(
    r"[\d٠-٩]{1,2}:[\d٠-٩]{2}\s?(?:[صم]|[AaPp][Mm])?\s?[·•|]\s?[^\n]{6,60}"
    r"|(?:[💬🔁❤♥👍🔄↩⟲👁📊]\ufe0f?\s*[\d٠-٩.,]*\s?(?:ألف|[KMك])?\s*){2,6}"
    r"|(?:أعجبني|إعجاب|Like)\s*[·•|]\s*(?:تعليق|رد|Comment)\s*[·•|]\s*(?:مشاركة|Share)"
)
# What others did with a post, in figures: "142 تعليق 67 مشاركة", "1.2K 418 Comments 930 Shares"; or may do.
_COUNTED_FOOT = re.compile(
    r"(?:[0-9٠-٩][0-9٠-٩.,]*\s?(?:ألف|[KMك])?\s?(?:[·•]\s?)?)?"
    r"(?:[0-9٠-٩][0-9٠-٩.,]*\s?(?:ألف|[KMك])?\s"
    r"(?:Comments?|Likes?|Shares?|تعليق\w*|إعجاب\w*|مشارك\w+|تفاعل\w*)[ ·•،]*){2,3}"
    r"|(?:أعجبني|إعجاب|Like)?\s?[·•|]?\s?(?:تعليق|Comment)\s?[·•|]?\s?(?:مشاركة|Share)"
)
_FRAMES = ("View on Facebook", "عرض على فيسبوك", "View on X", "View on Instagram", "عرض على إنستغرام")
_WHO_AND_WHEN = re.compile(r"(?P<author>[^·•\n]{2,60})\s[·•]\s(?P<posted>[^·•\n]{3,40}[0-9٠-٩][^·•\n]{0,12})")
_COUNTED = re.compile(
    r"(?:[0-9٠-٩.,KMألف ]+\s?[·•]\s?)?[0-9٠-٩.,KMألف ]+\s?(?:Comments?|Likes?|Shares?|تعليق\w*|إعجاب\w*|مشارك\w+)"
)
_HASHTAG = re.compile(r"#[^\W\d_]{2,}")
_CUT_OFF = ("...", "…")
_HINTS = ("بواسطة", "shared by", "Posted by", "Publi", "♬")
_HINT = re.compile("بواسطة|shared by|Posted by|Publiée? par|♬")


def _cut_attributed(
    line: Piece, result: list[Piece], embeds: list[Embed], arabic_page: bool, *, below: bool
) -> Piece | None:
    rest: Piece | None = line
    while rest is not None:
        found = _attribution(rest.text, below=below and rest is line)
        if found is None:
            return rest
        dash, end, author, handle, posted = found
        base = rest.start
        page_text, gap, glued = rest.text, rest.gap, rest.glued
        first = base
        before = page_text[:dash].strip(BLANK)
        url: str | None = None
        if before:
            cut = _post_start(page_text, dash)
            if cut:
                head = piece_of(page_text, base, 0, cut, gap, glued=glued)
                if head is not None:
                    result.append(head)
                    gap, glued = 0, True
            first = base + cut
            url = _first_address(page_text[cut:dash])
        above = [] if before and (_ARABIC.search(before) or len(before) > 40) else _lines_above(result, arabic_page)
        for body in above:
            body.label("tweet", "post_attribution")
            first = min(first, body.start)
            url = url or _first_address(body.text)
        post = piece_of(page_text, base, first - base if first > base else 0, end, gap, glued=glued)
        if post is not None:
            post.label("tweet", "post_attribution")
            result.append(post)
            embeds.append(Embed(first, post.end, author or None, handle, posted, url))
        rest = piece_of(page_text, base, end, len(page_text), 0, glued=True)
    return None


def _first_address(text: str) -> str | None:
    address = _ADDRESS.search(text)
    return address.group() if address else None


def _lines_above(result: list[Piece], arabic_page: bool) -> list[Piece]:
    """Return the lines above an attribution that are the post's text; cuts the topmost where it was glued."""
    lines: list[Piece] = []
    while result and len(lines) < _POST_LINES:
        line = result[-1 - len(lines)] if len(lines) < len(result) else None
        if line is None or line.kind is not None:
            break
        if lines and not (_belongs_above(line, arabic_page) or not _has_words(lines)):
            break
        lines.append(line)
        if line.gap > 1:
            break
    if lines:
        top = lines[-1]
        cut = _post_start(top.text, len(top.text))
        if cut and (head := piece_of(top.text, top.start, 0, cut, top.gap, glued=top.glued)):
            tail = piece_of(top.text, top.start, cut, len(top.text), 0, glued=True)
            if tail is not None:
                result[len(result) - len(lines) : len(result) - len(lines) + 1] = [head, tail]
                lines[-1] = tail
    return lines


def _has_words(lines: list[Piece]) -> bool:
    """Whether the lines say something besides addresses, hashtags and handles."""
    return any(
        word[0] not in "#@" and "/" not in word and any(c.isalpha() for c in word)
        for line in lines
        for word in line.text.split()[:40]
    )
