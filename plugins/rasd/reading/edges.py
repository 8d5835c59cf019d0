"""The edges of a text, once it is known which lines make it: what stands above its first line and behind its last.

The weighing says of each line how likely it is of the text; here two lines that follow one another are compared. A
standfirst says what the text says again, and the text begins anew behind it; a site's line about the writer, or a
place and a name, follow the last sentence. None of them is the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rasd.arabic.text import fold
from rasd.reading.credits import is_credit_line, read_credits
from rasd.reading.drafts import Draft
from rasd.reading.lines import BULLETS, Piece
from rasd.reading.markers import FACTS
from rasd.reading.model import Segment, SegmentKind
from rasd.reading.revising import is_column, label_furniture, signs_of_questions
from rasd.reading.standfirsts import is_standfirst
from rasd.reading.weighing import STATES
from rasd.reading.wording import begins_report, goes_on, leads_to_source, load_words, remarks, shared, speaks_to_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasd.reading.describing import Floats

# A line of an article beside the main one is in one of these states.
_OF_OTHERS = [STATES.index(name) for name in ("body", "heading", "related title", "related")]
# The first sentence of a text is surer than this, where the paragraph below it is as sure as that: standfirsts and what
# a site says above a text mostly are not.
_FIRST, _SURE = 0.1, 0.9
# Where no line of a text is likelier than this, it is none, unless a report of one sentence: the net has seen few.
# The beginning of a text that was cut off is unlike others; it has one paragraph, of so many words at least, that no
# full stop ends.
_NO_TEXT, _CUT_WORDS = 0.02, 12
_STOPPED = re.compile(r"(?<![.…])[.؟!][\"”»)]*$")
# Of lines in columns that are less likely than this none of seven was text.
_HARDLY = 0.06
# A standfirst has so many words, and no line above a text is taken for one where fewer stay.
_STANDFIRST_WORDS, _LEAST_WORDS = (5, 60), 25
# It stands so near to the headline.
_NEAR = 3
# Points of what is to come: so many lines with a sign, each of so many words at most.
_POINTS, _POINT_WORDS = (2, 8), 24
# Sentences of a summary below its name are shorter than the first paragraph.
_SUMMARY_WORDS = 20
# A line of credits has so many words at most.
_CREDIT_WORDS = 10
# And one that leads to where the text was printed first.
_POINTER_WORDS = 18
# "ملخص: …", "ملخص آلي: …".
_SUMMED_UP = re.compile(r"[^\W\d_]+(?P<whose>(?:[ \xa0][^\W\d_]+){0,2})[ \xa0]?:[ \xa0]")
# How a standfirst that a site's editor or a machine wrote ends: "اكتشف التفاصيل", "تعرف على ما ينتظر الفريق".
_CALL = re.compile(
    "(?:^|[.!؟…][ \xa0])(?:تعر\u0651?ف(?:وا|ي)?[ \xa0](?:على|معنا|إلى)|[اإ]كتشف(?:وا|ي)?[ \xa0]"
    "|[اإ]قر[أا](?:وا|ي)?[ \xa0]|تابع(?:وا|ي)?[ \xa0]|[إا]ليك(?:م)?[ \xa0]|[اإ]طلع(?:وا)?[ \xa0]على)"
    "[^.؟!…]{3,90}[.!…؟]*$"
)
# What points back to a sentence before it: a text does not begin so.
_POINTS_BACK = re.compile(
    "و[\u0621-\u064a]{2}|ف[\u0621-\u064a]{4}|(?:كما|هذا|هذه|ذلك|تلك|هؤلاء|لكن|لكنه|إلا|غير أن|بل|أما|ثم|إذ|حيث|هو|هي"
    "|هم|بدوره|بدورها|بحسب|وفق|جاء ذلك|يذكر|يشار|يأتي|تأتي)(?![\u0621-\u064a])"
)
_STOP = re.compile(r"[.؟!…][\"”»)]*[ \xa0]+(?=\S)")
_CUT = re.compile(r"(?<=[^\s.…])[ \xa0]*(?:\.{3,}|…)$")
# What may stand behind the last sentence of a text on its line has so many words and characters at most.
_TAIL_WORDS, _TAIL_CHARACTERS = 6, 80
# So many paragraphs has a text at most that stops at dots, and a link to the rest follows.
_LINKED = 3
# Marks behind a text that was cut off by who took it over.
_TAKEN_OVER = ("truncation", "onward", "prompt", "source", "related", "more")
# What a writer is, behind his name, in folded words.
_ROLE = re.compile(
    "(?:و?(?:كاتبه?|باحثه?|صحفيه?|صحافيه?|إعلاميه?|أستاذه?|محلله?|أكاديميه?|خبيره?|روائيه?|شاعره?|ناقده?|محاميه?"
    "|طبيبه?|مصوره?|مراسله?|مؤرخه?|مترجمه?|ناشطه?|مدونه?|مستشاره?|رئيسه?|مديره?|محاضره?|دكتوره?|سفيره?|وزيره?|عضوه?|مهندسه?"
    "|من (?:مواليد|كتاب)|زميله?|مخرجه?|مفكره?))(?![\u0621-\u064a])"
)
_BIO_WORDS = 60
_AND = re.compile(r"\s+و(?=\w\w)")
# What a site says around a text has so many words at most, and of the text so many lines are left.
_REMARK_WORDS, _LEAST_LEFT = 45, 2
# What a remark says of the text itself: that it was corrected, that it is printed again.
_OF_THE_TEXT = re.compile("ورد في|[نيت]ُ?عيد (?:الموقع )?نشر")
# So likely a link is a headline between paragraphs, of so many words, and so much of it is told below it at most: on
# waves 26, 28, 31, 32 and 34 to 36, which the lines' weights had not seen, six such lines were links, and a verse was
# of the text.
_A_LINK, _TEASER_WORDS, _TOLD = 0.2, (6, 30), 0.2
_NAVIGATION, _TITLE = STATES.index("navigation"), STATES.index("title")
# The parts of a recording are so many at least; a day has so many hours.
_CHAPTERS, _HOURS = 3, 24
_CHAPTER = re.compile(r"[(\[]?([0-9]{1,3}):([0-5][0-9])[)\]]?[ \xa0|–-]+[^\W\d_]")
# How a picture's words begin that end as a sentence does, and how many they are at most.
_PICTURED = re.compile(
    "(?:جانب من|مشهد (?:عام )?(?:من|ل)|لقطة (?:من|ل|جوية)|صورة (?:من|جوية|أرشيفية)|خريطة (?:توضح|تبين|تظهر))"
)
_PICTURE_WORDS = 16
# A question at the end that is less sure than this is the site's own: a poll.
_ASKED, _ASKED_WORDS = 0.6, 14
# A note's number, which stands in the text too.
_NOTE = re.compile(r"[\[(][0-9٠-٩]{1,2}[\])]")
# A question that follows from what was told: no site asks its readers so.
_ASKING_ON = re.compile("[فو](?:من|هل|ما|ماذا|كيف|متى|أين|لماذا|كم) ")
# What a site asks its reader about.
_OF_THE_PIECE = re.compile("الخبر|المقال|التقرير|الموضوع|المادة|القصة|المحتوى|الصفحة")
# What heads the words about a writer, or about who sent a statement.
_ABOUT = re.compile("(?:نبذة|لمحة) |عن (?:ال)?(?:كاتب|شركة|مؤسسة|جمعية|مؤلف)")


def settle_edges(pieces: list[Piece], drafts: list[Draft], inside: Sequence[float], likely: Floats) -> list[Segment]:
    """Take what stands above and behind the main text off it; returns the segments cut off its last line.

    Args:
        pieces: the lines of the page, labelled.
        drafts: its articles; where the first is no text at all, it is taken away.
        inside: of each line how likely it is part of the main text.
        likely: how likely it is in each state, of `weighing.STATES`.
    """
    if not drafts or not drafts[0].body:
        return []
    main = drafts[0]
    first = pieces[main.body[0]]
    could_be_cut = len(main.body) == 1 and first.words >= _CUT_WORDS and not _STOPPED.search(first.text)
    reported = len(main.body) == 1 and first.ends and begins_report(first.text)
    unlikely = max(inside[i] for i in main.body) < _NO_TEXT
    if len(drafts) == 1 and unlikely and not could_be_cut and not reported:
        _drop(pieces, drafts, likely)
        return []
    _drop_unlikely(pieces, main, inside, likely)
    _drop_points(pieces, main)
    _drop_summary(pieces, main)
    for _ in range(2):
        if not _drop_standfirst(pieces, main, inside, likely):
            break
    for draft in drafts:
        _drop_what_leads_away(pieces, draft)
    _drop_remarks(pieces, main, inside)
    while _drop_writer(pieces, main):
        _drop_remarks(pieces, main, inside)
    _drop_teasers(pieces, main, likely)
    _drop_chapters(pieces, main)
    main.reach = max(main.reach, main.body[-1])
    return list(_cut_tail(pieces, main))


def likely_beside(likely: Floats) -> list[float]:
    """Return how likely each line is of an article beside the main one."""
    return likely[:, _OF_OTHERS].sum(axis=1).tolist()  # type: ignore[no-any-return]


def settle_others(pieces: list[Piece], drafts: Sequence[Draft], likely: Floats) -> list[Segment]:
    """Take what stands at the ends of the articles beside the main one off them; returns the segments cut off.

    They have their remarks, their notes about writers and their cut ends as the main text has.
    """
    inside = likely_beside(likely)
    cut: list[Segment] = []
    for draft in drafts[1:]:
        _drop_what_leads_away(pieces, draft)
        _drop_remarks(pieces, draft, inside)
        while _drop_writer(pieces, draft):
            _drop_remarks(pieces, draft, inside)
        cut += _cut_tail(pieces, draft)
    return cut


def _drop(pieces: list[Piece], drafts: list[Draft], likely: Floats) -> None:
    """Take a text away that only the rules knew for one."""
    for i, line in enumerate(pieces):
        if line.article == drafts[0].number and line.kind in ("main_article", "title", "dateline"):
            line.heading = False
            if line.kind != "title" or likely[i].argmax() != _TITLE:  # a page without a text may have a headline
                label_furniture(pieces, i, likely)
            line.article = None
        elif line.article == drafts[0].number:
            line.article = None
    drafts.clear()


def _take_off(pieces: list[Piece], main: Draft, count: int, kind: SegmentKind, rule: str) -> None:
    """Take the first lines off a text; what they are called above them is what they are."""
    first = main.body[0]
    if kind == "boilerplate" and first and _is_contents(pieces[first - 1]):
        pieces[first - 1].label(kind, rule)
    for i in main.body[:count]:
        pieces[i].heading = False
        pieces[i].label(kind, rule, main.number if kind == "metadata" else None)
    del main.body[:count]


def _drop_unlikely(pieces: list[Piece], main: Draft, inside: Sequence[float], likely: Floats) -> None:
    """Take lines off a column that came into the text with those around them and are hardly of it."""
    unlikely = [i for i in main.body if pieces[i].rule == "line_of_a_column" and inside[i] < _HARDLY]
    if len(main.body) - len(unlikely) < _LEAST_LEFT:
        return
    for i in unlikely:
        main.body.remove(i)
        label_furniture(pieces, i, likely)


def _next_paragraph(pieces: list[Piece], main: Draft, start: int) -> int | None:
    """Return the first line of a text from a place in it on that is no heading."""
    return next((i for i in main.body[start : start + 4] if not pieces[i].heading), None)


def _drop_points(pieces: list[Piece], main: Draft) -> None:
    """Take points of what is to come off the beginning of a text: short lines with one sign, paragraphs below them."""
    first = pieces[main.body[0]]
    if main.title is None or first.text[0] not in BULLETS:
        return
    count = 0
    for i in main.body:
        line = pieces[i]
        if line.text[0] != first.text[0] or line.words > _POINT_WORDS or line.text[-1] in "؟?":
            break
        count += 1
    rest = [pieces[i] for i in main.body[count:]]
    if not _POINTS[0] <= count <= _POINTS[1] or any(line.text[0] == first.text[0] for line in rest):
        return
    # Below a short line that is no fact they are a list that it heads.
    above = pieces[main.body[0] - 1]
    headed = above.mark is None and not is_credit_line(above.text) and main.body[0] - 1 != main.title
    if not headed and len([line for line in rest if line.prose]) > 1 and not goes_on(rest[0].text):
        _take_off(
            pieces,
            main,
            count,
            "boilerplate" if main.body[0] - 1 != main.title else "metadata",
            "points_above_the_text",
        )


def _drop_summary(pieces: list[Piece], main: Draft) -> None:
    """Take the short sentences off the beginning of a text that stand below the name of its summary."""
    first = main.body[0]
    above = [i for i in range(max(0, first - _POINTS[1]), first) if _is_contents(pieces[i])]
    if not above or any(line.mark or line.words > _SUMMARY_WORDS for line in pieces[above[-1] + 1 : first]):
        return
    count = next((n for n, i in enumerate(main.body) if pieces[i].words > _SUMMARY_WORDS), 0)
    told = count + first - above[-1] - 1
    if count and _POINTS[0] <= told <= _POINTS[1] and not goes_on(pieces[main.body[count]].text):
        # Questions and headings lead to parts of the text.
        leads = all(pieces[i].text[-1] in "؟?" or not pieces[i].ends for i in main.body[:count])
        _take_off(pieces, main, count, "navigation" if leads else "boilerplate", "summary_below_its_name")


def _drop_standfirst(pieces: list[Piece], main: Draft, inside: Sequence[float], likely: Floats) -> bool:
    """Take a standfirst off the beginning of a text, where several signs say that it is one."""
    i = main.body[0]
    line = pieces[i]
    following = _next_paragraph(pieces, main, 1)
    if (
        following is None
        or line.heading
        or not line.prose
        or sum(pieces[j].words for j in main.body[1:]) < _LEAST_WORDS
    ):
        return False
    below = pieces[following]
    least, most = _STANDFIRST_WORDS
    if inside[i] < _FIRST and inside[following] >= _SURE:
        main.body.pop(0)
        label_furniture(pieces, i, likely)
        return True
    if not least <= line.words <= most or _POINTS_BACK.match(below.text) or goes_on(below.text):
        return False
    if (summed_up := _SUMMED_UP.match(line.text)) and line.said[0] in load_words().summary:
        # A writer sums up, a machine's summary says whose it is.
        kind: SegmentKind = "boilerplate" if summed_up["whose"] else "metadata"
        _take_off(pieces, main, 1, kind, "summary_by_its_name")
        return True
    title = main.title if main.title is not None and i - main.title <= _NEAR else None
    between = pieces[i + 1 : following]
    if title is not None and line.words < most and _CALL.search(line.text):
        _take_off(pieces, main, 1, "metadata", "standfirst_with_a_call")
    elif i and _is_contents(pieces[i - 1]) and len(main.body) > 2:
        _take_off(pieces, main, 1, "boilerplate", "summary_below_its_name")
    elif title is not None and _facts(between) and not _facts(pieces[title:i]):
        _take_off(pieces, main, 1, "metadata", "standfirst_above_the_facts")
    elif title is not None and any(map(_is_address, between)):
        _take_off(pieces, main, 1, "metadata", "standfirst_above_the_page_s_address")
    elif not _is_entry(pieces, i) and is_standfirst(
        line,
        [pieces[j] for j in main.body[1:] if not pieces[j].heading],
        pieces[main.title] if main.title is not None else None,
        inside[i],
    ):
        _take_off(pieces, main, 1, "metadata", "standfirst_told_by_the_text")
    else:
        return False
    return True


def _is_contents(line: Piece) -> bool:
    return line.known == "contents"


def _is_entry(pieces: list[Piece], i: int) -> bool:
    """Whether the time of a live page's entry stands right above a line."""
    return i > 0 and pieces[i - 1].known == "time"


def _is_address(line: Piece) -> bool:
    return line.known == "handle" and "/" in line.text


def _facts(lines: Sequence[Piece]) -> bool:
    """Whether who wrote, and when, stands among lines; a name alone may be a picture's."""
    for line in lines:
        if line.known in FACTS:
            return True
        credited = line.kind == "metadata" and line.words <= _CREDIT_WORDS and is_credit_line(line.text)
        if credited and any(part.kind == "day" or part.label for part in read_credits(line.text)):
            return True
    return False


def _drop_writer(pieces: list[Piece], main: Draft) -> bool:
    """Take what is said of the writer off the end of a text: his name stands above it, and here what he is."""
    if len(main.body) <= _LEAST_LEFT:
        return False
    i = main.body[-1]
    line = pieces[i]
    above = pieces[i - 1]
    if line.words > _BIO_WORDS or goes_on(line.text):
        return False
    told = above.known == "notice" and _ABOUT.match(above.text) is not None
    words = fold(line.text.lstrip("*•- \xa0")).split()
    told = told or (line.text[0] == "*" and _ROLE.match(" ".join(words[:3])) is not None)
    if not told and len(words) > 3:
        names = _writers(pieces, main)
        told = any(
            words[: len(name)] == name and _ROLE.match(" ".join(words[len(name) : len(name) + 3])) for name in names
        )
    if told:
        main.body.pop()
        line.label("boilerplate", "about_the_writer")
    return told


def _drop_what_leads_away(pieces: list[Piece], draft: Draft) -> None:
    """Take lines out of a text that lead its reader to where it was printed first."""
    for i in draft.body[1:]:
        line = pieces[i]
        if line.words <= _POINTER_WORDS and leads_to_source(line.said):
            draft.body.remove(i)
            line.heading = False
            line.label("boilerplate", "leads_to_the_source")


def _drop_remarks(pieces: list[Piece], main: Draft, inside: Sequence[float]) -> None:
    """Take what a site says around its texts off both ends of one: who it is, what may be done with it, notes."""
    while len(main.body) > _LEAST_LEFT:
        last = pieces[main.body[-1]]
        note = _NOTE.match(last.text)
        asked = last.text[-1] in "؟?" and last.words <= _ASKED_WORDS and not _ASKING_ON.match(last.text)
        asked = asked and inside[main.body[-1]] < _ASKED
        noted = note is not None and any(note[0] in pieces[i].text[2:] for i in main.body[:-1])
        if not asked and not noted and (last.words > _REMARK_WORDS or goes_on(last.text) or not remarks(last.said)):
            break
        main.body.pop()
        last.heading = False
        if asked:
            last.label("navigation" if last.text[0] in BULLETS else "boilerplate", "question_of_the_site")
        else:
            last.label(
                "metadata" if noted else "boilerplate", "note_behind_the_text" if noted else "remark_of_the_site"
            )
        while pieces[main.body[-1]].heading and len(main.body) > _LEAST_LEFT:
            pieces[main.body[-1]].heading = False
            pieces[main.body.pop()].label("boilerplate", "remark_of_the_site")
    for i in main.body[1:]:
        line = pieces[i]
        if len(main.body) > _LEAST_LEFT and line.words <= _PICTURE_WORDS and _PICTURED.match(line.text):
            main.body.remove(i)
            line.label("boilerplate", "caption_in_a_sentence")
    # Among the lines of a text such words need that the weighing doubts them.
    for i in main.body[1:-1]:
        line = pieces[i]
        if inside[i] < _SURE and line.words <= _REMARK_WORDS and remarks(line.said):
            main.body.remove(i)
            line.label("boilerplate", "remark_of_the_site")
    first = pieces[main.body[0]]
    if len(main.body) > _LEAST_LEFT and first.words <= _REMARK_WORDS and remarks(first.said):
        told = _OF_THE_TEXT.search(first.text) is not None
        _take_off(pieces, main, 1, "metadata" if told else "boilerplate", "remark_of_the_site")


def _writers(pieces: list[Piece], main: Draft) -> list[list[str]]:
    """Return the folded names of people in the lines of facts around the beginning of a text."""
    start = main.title if main.title is not None else max(0, main.body[0] - 4)
    names = []
    for line in pieces[max(0, start - 3) : main.body[0]]:
        if line.kind == "metadata" and line.words <= 14:
            people = [part.text for part in read_credits(line.text) if part.kind == "person"]
            names += [fold(name).split() for one in people for name in _AND.split(one)]
    return [name for name in names if len(name) > 1]


def _drop_teasers(pieces: list[Piece], main: Draft, likely: Floats) -> None:
    """Take headlines of other stories out of a text: what could be links, and of which nothing is told below."""
    if is_column(pieces, main):
        return
    signs = signs_of_questions(pieces, main)
    for n, i in reversed([*enumerate(main.body)][1:-1]):
        line = pieces[i]
        asked = line.text[-1] in "؟?"
        if asked and line.text[0] in signs:
            continue  # of an interview's questions
        if (
            likely[i, _NAVIGATION] < _A_LINK
            or not _TEASER_WORDS[0] <= line.words <= _TEASER_WORDS[1]
            or (line.prose and not asked)
            or line.text[-1] == ":"
            or (asked and ":" in line.text)
            or line.cell
            or line.rule == "verse"
        ):
            continue
        below = " ".join(pieces[j].folded for j in main.body[n + 1 : n + 3])
        if shared(line.folded, below) < _TOLD:
            del main.body[n]
            line.heading = False
            line.label("navigation", "headline_between_paragraphs")


def _drop_chapters(pieces: list[Piece], main: Draft) -> None:
    """Take the parts of a recording, each with its minute, off the end of a text: "00:00 …", "12:45 …", "38:02 …"."""
    times: list[tuple[int, int]] = []
    for i in reversed(main.body):
        found = _CHAPTER.match(pieces[i].text)
        if found is None or pieces[i].ends:
            break
        times.append((int(found[1]), int(found[2])))
    led = len(times) < len(main.body) and pieces[main.body[-len(times) - 1]].text[-1] == ":"
    # Minutes go up from the beginning, and beyond what a clock has: hours of a day do not.
    if not _CHAPTERS <= len(times) <= len(main.body) - _LEAST_LEFT or times != sorted(set(times), reverse=True):
        return
    if led or (times[-1][0] and times[0][0] < _HOURS):
        return
    for i in main.body[-len(times) :]:
        pieces[i].heading = False
        pieces[i].label("boilerplate", "minutes_of_a_recording")
    del main.body[-len(times) :]


def _cut_tail(pieces: list[Piece], main: Draft) -> Iterator[Segment]:
    """Cut what is no sentence off the end of a text's last line: who wrote it, or the dots of what was left out."""
    i = main.body[-1]
    line = pieces[i]
    if line.heading or line.cell or line.words < _TAIL_WORDS:
        return
    cut: tuple[int, SegmentKind, str] | None = None
    if (dots := _CUT.search(line.text)) and _was_cut_off(pieces, main, i):
        cut = dots.start(), "boilerplate", "dots_of_what_was_left_out"
    elif line.text[-1] in "؟?" and (stop := _last_stop(line.text)) is not None:
        tail = line.text[stop:].strip(" \xa0")
        if tail.count(" ") < _TAIL_WORDS and _OF_THE_PIECE.search(tail) and speaks_to_reader(fold(tail)):
            cut = stop, "boilerplate", "question_of_the_site"
    elif not line.ends and (stop := _last_stop(line.text)) is not None:
        tail = line.text[stop:].strip(" \xa0")
        if tail.count(" ") < _TAIL_WORDS and _names_somebody(tail):
            cut = stop, "metadata", "credits_behind_the_text"
    if cut is None:
        return
    at, kind, rule = cut
    behind = line.text[at:].lstrip(" \xa0")
    yield Segment(kind, line.end - len(behind), line.end, rule, main.number)
    line.text = line.text[:at].rstrip(" \xa0")
    line.end = line.start + len(line.text)


def _was_cut_off(pieces: list[Piece], main: Draft, i: int) -> bool:
    """Whether the dots behind a text say that there is more of it elsewhere: it is one paragraph, or a link follows.

    Who writes dots instead of commas ends with them too.
    """
    if ".." in pieces[i].text[:-4] or "…" in pieces[i].text[:-4]:
        return False
    following = pieces[i + 1 : i + 3]
    paragraphs = sum(not pieces[j].heading for j in main.body)
    if main.role == "related" and all(pieces[j].ends and ".." not in pieces[j].text for j in main.body[:-1]):
        return True
    linked = any(line.known in _TAKEN_OVER for line in following)
    return paragraphs == 1 or (paragraphs <= _LINKED and linked)


def _last_stop(text: str) -> int | None:
    """Return where the words behind the last full stop of a line begin."""
    stops = [*_STOP.finditer(text, max(0, len(text) - _TAIL_CHARACTERS))]
    return stops[-1].end() if stops else None


def _names_somebody(text: str) -> bool:
    """Whether words name who wrote or sent a text: each part a person, a place or an agency, and not a place alone."""
    if any(c.isdigit() for c in text) or not is_credit_line(text):
        return False
    kinds = {part.kind for part in read_credits(text)}
    return bool(kinds & {"person", "agency", "outlet"}) and kinds <= {"person", "place", "agency", "outlet"}
