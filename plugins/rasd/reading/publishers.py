"""Who published a page: every name that could be its outlet's, with the evidence for it, weighed together.

A page says its outlet in many places: a source line, a masthead, a dateline, beside the writer or the day, in brackets
below a picture, in the copyright line, "follow us on". Each place where a name stands is one piece of evidence, and so
is what the name looks like. Their weights (`weights/publishers.csv`, learned from labelled pages) add up for each
name; the heaviest name wins where it is heavier than saying nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rasd.arabic.dates import is_month
from rasd.arabic.text import display, fold
from rasd.reading.credits import (
    OURSELVES,
    SIGNS,
    Part,
    could_be_person,
    ends_in_origin,
    holds_place,
    is_agency_name,
    is_domain,
    is_outlet_name,
    is_person_name,
    read_credits,
    read_facts,
    says_agency,
)
from rasd.reading.datelines import Dateline, dateline_names
from rasd.reading.drafts import Draft
from rasd.reading.evidence import weigh_evidence
from rasd.reading.lines import Piece, has_number, is_foreign
from rasd.reading.markers import load_markers
from rasd.reading.mentions import Mention, find_mentions
from rasd.reading.outlets import Outlets
from rasd.reading.places import places
from rasd.reading.surroundings import Around, says_nobody
from rasd.reading.wording import load_words

_PUBLISHED_IN = re.compile(
    r"(?:^|\s)(?:نُ?شر(?:ت)?|منشور|تم النشر)\s+(?:في|على|ب)\s+(?P<outlet>[^\d\s:](?:(?!\d{3})[^:]){1,59}?)"
    r"\s+(?:يوم|بتاريخ|في|الساعة)\s+.*\d"
)
_POST_HEAD = re.compile(r"^(.{2,60}?)[,،]?\s*(?:\[|\s[0-9٠-٩]{1,2}\s[^\W\d]+\s[0-9٠-٩]{4}[,،])")
# The source behind other facts on one line.
_SOURCED = re.compile(r"\s[-–|،]?\s*(?:ال)?مصدر\s*[:：]\s*([^|:،]{2,40})$")
_HOST = re.compile(r"https?://(?:www\.)?([^/\s]+)")
# The sorts of outlets, as they stand before a name. "منصة" and "يومية" begin names of their own ("منصة الدعم").
_COMMON_SORTS = "صحيفة|جريدة|مجلة|نشرة|موقع|بوابة|شبكة|قناة|إذاعة|راديو"
_A_SORT = f"(?:{_COMMON_SORTS}|منصة|يومية)"
_SORT_BEFORE = re.compile(rf"{_A_SORT}\s$")
_IN_QUOTES = re.compile(r"[«\"“]([^«»\"“”]{2,30})[»\"”]")
_TOLD = re.compile(r"(?<![^\W_])لـ?ـ*\s?[«\"“]([^«»\"“”]{2,40})[»\"”]")
# Whom a report was told by its own: "تابعته «…»", "علم …", "في حديث إلى …", "وكان «…» قد زار". What leads to a quoted
# name is looked for backwards from the mark: there are few marks in a text, and letters to begin with everywhere.
_NAME_QUOTED = re.compile(r"[«\"“]([^«»\"“”]{2,40})[»\"”]")
_OPENING = re.compile('[«"“]')
_TOLD_BEFORE = re.compile(r"(?<![^\W_])لـ?ـ*\s?$")
_LEARNED_BEFORE = re.compile(
    r"(?:تابعته?|علمت?|حصلت?\s+علي\w+|تلقته?|التقته?ا?|رصدته?|زارته?ا?|تواصلت\s+مع|اطلعت?(?:\s+عليه\w*)?"
    r"|(?:حديث|تصريح|تصريحات)\s+(?:خاصة?\s+)?(?:إلى|لـ?)|(?:اتصال|لقاء|مقابلة)\s+(?:هاتفي\s+)?(?:مع|ل)|تحدث(?:ت|وا)?\s+(?:إلى|مع)|حاورته?ا?"
    rf"|مراسلة?|موفدة?|مندوبة?|مصورة?|فريق|قادت|كاميرا|عدسة)\s+(?:{_A_SORT}\s+)?$"
)
# Where the verb has its object already, the name behind it is who did so: "اطلعت عليها «…»", "زارته «…»".
_DOING_BEFORE = re.compile(
    r"(?<![^\W_])و?(?:(?:تابع|رصد|التق|زار|تلق|وثق|عاين|حاور|استطلع|سأل|قابل|راجع|حلل|فحص|صور|أجر|شاهد|رافق)ت?(?:ه|ها|هم)"
    rf"|(?:[اإ]طلع|حصل|تعرف|وقف|عثر)ت?\s+علي(?:ه|ها|هم)|(?:استمع|تحدث)ت?\s+(?:إلي|مع)(?:ه|ها|هم))\s+(?:{_A_SORT}\s+)?$"
)
_LEADING = 80  # characters
# "لـالاسم": whoever wrote it so left the name whole; anything else would be written "للاسم".
# (What must not stand before it is looked at behind its first letters, so that the regex engine can jump to these.)
_TOLD_BARE = re.compile(r"ل(ال(?<![^\W_]لال)(?!ت)[^\W\d_]{2,12})(?![^\W\d_])")
# An outlet that speaks of what it does: "ينشر «…»", "تستعرض بوابة «…»".
_TELLS_BEFORE = re.compile(
    r"(?<![^\W_])و?[تي](?:نشر|ستعرض|رصد|قدم|عرض|وضح|كشف|عيد|نقل|واصل)\s+(?:لكم\s+)?"
    rf"(?:{_A_SORT}\s+)?$"
)
# "لموقع صدى السهل إن": its sort stands before the name, and no marks around it.
_TOLD_SORT = re.compile(rf"لـ*{_A_SORT}\s+((?:[^\W\d_]+ ){{0,2}}[^\W\d_]+)(?=\s+[إأ]ن|[،,:.]| [«\"“])")
# "حصلت عليه السهل نيوز", and "على أمواج إذاعة السهل".
_DOING_BARE = re.compile(
    r"(?:[اإ]طلع|حصل)ت?\s+علي(?:ه|ها|هم)\s+"
    r"((?:[^\W\d_]+ ){1,3}(?:نيوز|برس|بريس|بوست|ميديا|أونلاين|أون لاين|نت|تيفي))(?!\w)"
)
_ON_AIR = re.compile(
    r"على\s+(?:موجات|أمواج|أثير|هواء)\s+(?:إذاعة\s+|راديو\s+|قناة\s+)?((?:[^\W\d_]+ ){0,2}[^\W\d_]+)(?=[،,.:])"
)
_TOLD_BRACKETED = re.compile(r"(?<![^\W_])لـ?ـ*\s?\(([^()\d]{2,30})\)")
_TO_REPORTER = re.compile(r"(?:لمراسلة?|لموفدة?|لكاميرا|لميكروفون)\s+((?:[^\W\d_]+ ){0,3}[^\W\d_]+)(?=[،,.])")
_SAID_QUOTED = (
    (_TOLD_BEFORE, "told in text"),
    (_LEARNED_BEFORE, "learned in text"),
    (_DOING_BEFORE, "learned in text: its doing"),
    (_TELLS_BEFORE, "tells what it does"),
)
_SAID = (
    (_TOLD_BARE, "told in text, unquoted"),
    (_TOLD_SORT, "told in text, behind its sort"),
    (_TO_REPORTER, "told to its reporter"),
    (_TOLD_BRACKETED, "told in text"),
    (_DOING_BARE, "learned in text: its doing"),
    (_ON_AIR, "told on its air"),
)
_FIRST_ON = re.compile(r"(?:أولا[ًا]*|أولًا|appeared first|first appeared)\s+(?:على|في|on)\s+(.{2,60}?)[\s.]*$")
# "يوم 11 - 05 - 2017 في السهل": a search engine's pages of other sites.
_DAY_AND_OUTLET = re.compile(r"^يوم\s+[0-9٠-٩].*[0-9٠-٩]{4}\s+(?:في|على)\s+(?P<outlet>[^\d\s][^\d:]{1,40})$")
# "نقلا عن صحيفة السهل", on a line about the text.
_TAKEN_FROM = re.compile(r"\bنقل[اًا]*\s+عن\s*[:：]?\s+(.{3,40}?)[\s.]*$")
# A paper before the number of its issue: "السهل - العدد: 4127".
_ISSUE_OF = re.compile(r"^([^«»\"“”]{2,40}?)\s*[-–|،/]?\s*(?<!\w)\(?(?:ال)?عدد(?:\s+رقم)?\s*:?\s*[0-9٠-٩]{2}")
_OURS = re.compile(r"\bخاص\s+(?:بـ?ـ*\s*|ل[ـ]*\s*)(.{2,40})$")
# The copyright line: what is left of it without its set words is the name.
_RIGHTS_WORDS = ("حقوق", "©", "(c)", "(C)", "Copyright", "copyright", "Rights", "rights", "droits")
_RIGHTS = re.compile(
    r"(?:جميع|كافة|كل)\s+(?:ال)?حقوق(?:\s+(?:النشر|الطبع|الملكية|والنشر|الفكرية))*(?:\s+(?:محفوظة|محفوظه))?"
    r"|حقوق\s+(?:النشر|الطبع|النسخ|الملكية)(?:\s+والنشر)?|محفوظة|محفوظه|لدى\s|©|\([cC]\)|[Cc]opyright"
    r"|[Aa]ll [Rr]ights [Rr]eserved|[Tt]ous droits r[ée]serv[ée]s|[0-9٠-٩]{4}\s?(?:هـ?ـ*|م)?(?!\w)"
    r"|[Mm]entions [Ll][ée]gales|ش\.م\.[لم]\.?"
)
_RIGHTS_PARTS = re.compile(r"\s[-–—]\s|\s?\|\s?")
_LONG_RIGHTS = 90
_SENTENCE_BREAK = re.compile(
    r"[.!؟]\s|\s(?:غير مسؤول|ولا يجوز|يمنع|لا يجوز|تصميم|برمجة|إنجاز|تنفيذ|تطوير|استضافة|Powered|Designed)|\s·\s"
)
# "حقوق الصور محفوظة لـ…", "حقوق الصور والنص: …", "© …" behind other words.
_HELD_BY = re.compile(
    r"(?:محفوظة|محفوظه)\s*(?:،|,|ل(?:دى|صالح|ـ*)|©)\s*(?=\S{3})|^\s*(?:ال)?حقوق\s[^:]{0,40}[:：]\s*|\s©\s*(?=[^\W\d])"
)
_FOR = re.compile(r"^لـ*\s*(?=\S{3})")
# The company that is named for its paper: "مؤسسة السهل للصحافة والنشر".
_COMPANY = re.compile(
    r"ل?(?:مؤسسة|شركة(?:\s+دار)?|دار|مجموعة)\s+(?P<name>[^\W\d_]+(?:\s[^\W\d_]+){0,2}?)"
    r"\s+(?:لل(?:صحافة|[إا]علام|نشر|طباعة)|ال(?:صحفية|صحافية|[إا]علامية))(?:\s+و\w+){0,3}(?:\s*[-–|،].*)?"
)
# Lines about the site that name it: whose opinion a column is not, whom to follow, what to install.
_NAMING = (
    re.compile(
        r"(?:رأي|آراء|سياسة|موقف|توجهات?|وجهة نظر|مواقف)\s+(?P<name>[^.،؛]{3,40}?)"
        r"(?=\s+(?:التحريرية|بالضرورة|الرسمي|ولا|أو|و?إنما|وليست?|وقد لا)|[.،؛\s]*$|[.،؛])"
    ),
    re.compile(
        r"(?<!\w)(?:تابع\w*|انضم\w*|اشترك\w*|حمل\w*|حمّل\w*|نزّل\w*|زوروا)\s+(?:آخر\s+|كل\s+)?(?:أخبار\s+|إلى\s+|الى\s+|في\s+|مع\s+)*"
        r"(?:(?:قناة|تطبيق|نشرة|صفحة|حساب|مجموعة|جروب|قروب|خدمة|موقع)\s+)?(?P<name>[^\d.،:!]{3,40}?)"
        r"\s+(?:على|عبر|في|الآن|لتصلك|ليصلك|لمعرفة|من)\b"
    ),
    re.compile(
        r"(?:تصدر عن|يصدر عن|من إنتاج|إنتاج|تصدرها|يصدرها)\s+"
        r"(?:(?:مؤسسة|شركة|دار|ش\.?\s?ذ\.?\s?م\.?\s?م\.?|SARL|EURL)\s+)?(?P<name>[^\d.،:!]{3,40}?)"
        r"(?:\s+لل|[.\s]*$)"
    ),
    re.compile(r"^(?P<name>[^\d.،:!]{3,40}?)\s+(?:غير\s+مسؤولة?|لا\s+تتحمل|لا\s+يتحمل|ليست\s+مسؤولة)\s"),
    re.compile(r"\b(?:لمحرري|مراسل[وي]?|لمراسل|كتّاب|قراء|متابعي)\s+(?P<name>[^\d.،:!]{3,30})$"),
    re.compile(r"(?:من خلال|عبر|على)\s+موقع\s*\((?P<name>[^()]{2,40})\)"),
    re.compile(
        rf"(?:متصفحي|زوار|قراء|متابعي|عبر|على)\s+(?:موقعنا|{_A_SORT})\s+"
        r"(?P<name>(?:[^\W\d_]+ ){0,2}?[^\W\d_]+)(?=[،.,:]|\s+(?:الإخباري|على|في|نحيط|نود|و|،)|$)"
    ),
    re.compile(r"(?:النسخة|الطبعة)\s+(?:الورقية|المطبوعة)\s+(?:من\s+|ل)(?P<name>[^\d.،:!-]{3,30}?)\s*(?:[-–،.|]|$)"),
    re.compile(r"(?:المزيد|اقرأ|جميع المقالات|كل المواد)\s+(?:من|في)\s+(?P<name>[^\d.،:!]{3,30})$"),
    re.compile(r"(?:كتابت|نشر|إعداد)ه?ا?\s+(?:بواسطة|من قبل|في|عبر)\s+(?P<name>[^.،:]{3,40}?)\s+(?:ولا|و|$)"),
    re.compile(r"(?:العاجلة|أخبار|الأخبار|جديد|إشعارات|تنبيهات|إعلانات)\s+(?:من|في)\s+(?P<name>[^\d.،:!]{3,30})$"),
    re.compile(r"(?:طُ?بعت?|مطبوعة?)\s+من\s+(?:موقع\s+)?(?P<name>[^\d.،:!]{3,30}?)(?=\s+(?:يوم|بتاريخ|في)\s|\s*$)"),
    re.compile(r"(?:دار|مؤسسة)\s+(?P<name>[^\d.،:!]{3,30}?)\s+لل(?:صحافة|نشر|طباعة|إعلام)"),
    re.compile(r"[يتن]ست(?:خدم|عمل)\s+(?P<name>[^\d.،:!]{3,30}?)\s+(?:الكوكيز|ملفات|تقني)"),
    re.compile(r"(?:تجربتكم?|تجربة أفضل|تصفحكم?)\s+(?:في|على|مع|ل)\s+(?P<name>[^\d.،:!]{3,30}?)(?=[.،]|\s*$)"),
    re.compile(rf"[يت]كتب(?:\s+\S+){{0,3}}\s+في\s+(?:{_A_SORT}\s+)?[«\"“](?P<name>[^«»\"“”]{{2,30}})[»\"”]"),
    re.compile(r"مصدره\s+(?:هو\s+)?(?P<name>[^\d.،:!]{3,30}?)(?=\s+وقد\s|[.،]|\s*$)"),
    re.compile(r"(?:مشترك|مشتركون|مسجل)\s+(?:في|لدى)\s+(?:نشرة\s+)?(?P<name>[^\d.،:!]{3,30})[.\s]*$"),
)
# What a site says of itself in its own name: when it appears, who pays for it, what may be done with its texts.
_OF_ITSELF = (
    re.compile(r"^(?P<name>[^\d.،:!|]{3,30}?)\s*[|–-]?\s*[تي]صدر\s+(?:كل|يومي|أسبوعي|شهري|صباح|مساء|مرة)"),
    re.compile(
        rf"[تي]صدر\s+(?:{_A_SORT}\s+)?[«\"“]?(?P<name>[^\d.،:!«»\"“”]{{3,30}}?)[»\"”]?"
        r"\s+(?:صباح|مساء|كل|يومي|أسبوعي|عن|منذ|بفضل|بدعم|في موعد)"
    ),
    re.compile(
        r"(?:إذن|موافقة|ترخيص)\s+(?:خطية?\s+|مسبقة?\s+|كتابية?\s+)*من\s+(?:إدارة\s+)?"
        rf"(?:{_A_SORT}\s+)?[«\"“]?(?P<name>[^\d.،:!«»\"“”]{{3,30}}?)[»\"”]?[.\s]*$"
    ),
    re.compile(
        rf"(?:دون|بدون|شرط|مع|إلا ب)\s*(?:ذكر|الإشارة إلى|الاشارة الى)\s+(?:اسم\s+)?(?:{_A_SORT}\s+)?"
        r"[«\"“](?P<name>[^\d.،:!«»\"“”]{3,30})[»\"”]"
    ),
    re.compile(r"ملكيتها?\s+(?:إلى|ل)\s*(?P<name>[^\d.،:!]{3,30}?)[.\s]*$"),
    re.compile(
        r"^(?P<name>[^\d.،:!]{3,30}?)\s+(?:جزء من|إحدى منصات|أحد مشاريع|أحد مواقع|عضو في|تابعة? ل|من منشورات)\s?"
    ),
    re.compile(r"المنشورة\s+(?:على|في)\s+(?P<name>[^\d.،:!]{3,30}?)\s+(?:متاحة|لا|ملك|محفوظة|تعبر|تخضع|تخص|حق)(?!\w)"),
    re.compile(
        r"(?<!\w)ف?(?:ادعم|ساند|ادعموا|ساندوا)\s+(?P<name>[^\d.،:!]{3,30}?)"
        r"\s+(?:عبر|لت\w+|كي|ماليا|ب(?!ال)\S+|من خلال)(?!\w)"
    ),
    re.compile(r"^(?P<name>[^\d.،:!]{3,30}?)\s+على\s+(?:الموج|التردد|الأثير)"),
    re.compile(r"كما\s+(?:ورد|جاء|نشر)ت?\s+(?:في|على|عن)\s+(?P<name>[^\d.،:!]{3,30}?)(?:\s+(?:ولا|وقد|دون)\s|[.\s]*$)"),
    re.compile(
        rf"^و?[تي]نشر\s+(?:{_A_SORT}\s+)?(?P<name>(?:[^\W\d_]+ ){{0,3}}?[^\W\d_]+)"
        r"\s+(?:أخبار|مواد|هذا|هذه|المقالات|الرسائل|التعازي|البيانات|ردود|ما\s)"
    ),
    re.compile(rf"لا\s+[تي]لزم\s+(?:{_A_SORT}\s+)?(?P<name>[^\d.،:!]{{3,30}}?)(?=[،.]|\s*$)"),
    re.compile(
        r"(?:^|بواسطة\s+)(?:فريق|طاقم|أسرة|(?:هيئة|أسرة) تحرير)\s+"
        r"(?P<name>[^\d.،:!]{3,30}?)\s*(?:[–—|:-]|$|(?=[0-9]))"
    ),
    re.compile(
        r"^[«\"“]?(?P<name>[^\d.،:!«»\"“”]{2,25}?)[»\"”]?\s+(?:أول\s+)?(?:منصة|موقع|صحيفة|مجلة|جريدة|شبكة|إذاعة|وكالة|بوابة|مدونة|مبادرة)"
        r"\s+(?!ال)[^\W\d_]+(?:ية|ي)\s"
    ),
    re.compile(r"(?:بجديد|بكل جديد|بآخر أخبار|بمستجدات)\s+(?P<name>[^\d،:!]{3,30}?)\s+(?:على|عبر)\s"),
)
# The sort before a name, perhaps with a preposition written to it: "نشرة الوادي الأسبوعية", "بجريدة الوادي".
_SORTED = re.compile(
    rf"(?<!\w)[بلو]?(?:{_COMMON_SORTS}|تطبيق|مسابقة)\s+"
    r"(?P<name>(?:[^\W\d_]+ ){0,2}?[^\W\d_]+(?: [0-9]{1,2}(?!\d))?)"
    r"(?=[،.,:|–-]|\s+(?:على|عبر|يوم|بتاريخ|الأسبوعية|اليومية|المسائية|الصباحية|البريدية|[0-9٠-٩]|[-–|])|\s*$)"
)
_NAMED_BY = {"naming": _NAMING, "naming: of itself": _OF_ITSELF, "behind its sort": (_SORTED,)}
_NAMING_WORDS = (
    "ذن", "موافق", "ترخيص", "ذكر", "شارة", "ملكيت", "منشور", "دعم", "ساند", "على ال", "كما", "جديد", "مستجد", "جزء",
    "حدى", "نشر", "لزم", "فريق", "طاقم", "أسرة", "هيئة تحرير", "منصة", "وكالة", "مدونة", "مبادرة",
    "صدر", "إنتاج", "رأي", "آراء", "سياسة", "موقف", "توجه", "وجهة", "تابع", "انضم", "اشترك", "حم", "نزّل", "زوروا",
    "اقرأ", "المزيد", "المقالات", "النسخة", "الطبعة", "زوار",
    "مسؤول", "تحمل", "مراسل", "قراء", "موقع", "بواسطة", "مشترك", "من", "دار", "جريدة", "صحيفة", "بوابة", "قناة",
    "شبكة", "تطبيق", "نشرة", "مجلة", "مسابقة", "إذاعة", "راديو", "مؤسسة", "ست", "تجرب", "تصفح", "كتب",
)  # fmt: skip
_SPEAKS_OF_RIGHTS, _SPEAKS_OF_NAMES = (
    re.compile("|".join(map(re.escape, words))) for words in (_RIGHTS_WORDS, _NAMING_WORDS)
)
# A line that names an outlet among other facts has so many words at most.
_MOST = 14
_FURNITURE = ("navigation", "boilerplate", "metadata")
# So many lines at the head and at the foot of a page speak of the site.
_EDGE = 40
# Signs, bullets and emoji around a name.
_BARE_NAME = re.compile(r"^[^\w+]+|[^\w+.]+$|(?<!\w\.\w)\.$")
# The same name again in Latin letters, as an address.
_ADDRESS_BEHIND = re.compile(r"(?<=[\u0621-\u064a])\s+[A-Za-z][\w-]{2,30}\.[a-z]{2,8}$")
_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)[.\s]*$")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_HOME = ("الرئيسيه", "الصفحه الرئيسيه", "home", "انت هنا", "الصفحه الاولى")
# The years that a footer says behind the outlet's name.
_YEARS = re.compile(r"\s*(?:[-–]?\s?(?:19|20|١٩|٢٠)[0-9٠-٩]{2}\s?){1,2}$")
_QUOTES = re.compile("[«»]")
_PATH = re.compile(r"\s*[/|»›>\\«‹←]\s*")


@dataclass(slots=True)
class Candidate:
    """A name that could be the outlet's, as it stands first on the page; where that is, and all the evidence for it."""

    name: str
    at: int
    evidence: set[str] = field(default_factory=set)


class Candidates:
    """The names found; spellings that differ by their sort (صحيفة السهل, السهل) are one name."""

    def __init__(self, writer: str | None) -> None:
        self.found: dict[str, Candidate] = {}
        self.writer = writer

    def give(self, name: str | None, evidence: str, at: int) -> Candidate | None:
        """Add a piece of evidence to a name that stands there on the page; what is no name is passed over."""
        name = display(name[:80]) if name else ""
        name = _without_tail(name)
        if name and not (name[0].isalnum() and name[-1].isalnum()):
            name = _BARE_NAME.sub("", name)
        name = _ADDRESS_BEHIND.sub("", name.removeprefix("خاص "))
        if name[-1:].isdigit():
            name = _YEARS.sub("", name).rstrip(" ,،")
        if ("«" in name) != ("»" in name):
            name = _QUOTES.sub("", name)
        if not name or not _could_be_outlet(name, named=evidence in _NAMED):
            return None
        found = self.found.setdefault(key_of(name), Candidate(name, at))
        if at < found.at:
            found.name, found.at = name, at
        found.evidence.add(evidence)
        return found


# What stands behind a name and is none of it: the number of its issue, a day in figures, agencies beside it.
_TAIL = re.compile(
    r"(?<=\S)\s*(?:[،,+–|-]\s*(?:ال)?(?:عدد|وكالات)\b.*|\s[0-9٠-٩]{1,2}[/-][0-9٠-٩]{1,2}(?:[/-][0-9٠-٩]{0,4})?.*"
    r"|\s[0-9٠-٩]{1,2}\s[^\W\d_]{3,10}\s[0-9٠-٩]{4}.*)$"
)
_HOW_OFTEN = re.compile(r"(?<=\S)\s(?:ال)(?:شهرية|أسبوعية|يومية|فصلية|أسبوعي|شهري|يومي)$")
# A name in quotation marks behind its sort: 'صحيفة "السهل"', "ملحق «السهل» الثقافي".
_SORT_AND_QUOTED = re.compile(rf"(?:{_A_SORT}|ملحق)\s+[«\"“]([^«»\"“”]{{2,40}})(?:[»\"”].*)?$")


def _without_tail(name: str) -> str:
    """Return a name without what stands around it: "صحيفة السهل، العدد 15" is "صحيفة السهل"."""
    if '"' in name or "«" in name or "“" in name:
        quoted = _SORT_AND_QUOTED.match(name)
        name = quoted[1] if quoted else name
    if any(map(name.__contains__, "،,+-–|/")) or has_number(name):
        name = _TAIL.sub("", name)
    if name.count(" ") > 1 and name.endswith(("ية", "ي")) and fold(name.partition(" ")[0]) in load_words().sort:
        name = _HOW_OFTEN.sub("", name)
    return name


# What the page says by these is a name, be it a town's, an agency's letters or of words that names seldom hold.
_NAMED = frozenset((
    "source", "quoted in a line", "quoted behind its sort", "taken from", "learned in text: its doing",
    "told in text: said so", "naming: of itself",
))  # fmt: skip
# Words that say of an outlet how it is, and are no name by themselves: "وطنية إخبارية".
_DESCRIBING = frozenset(map(fold, (
    "وطنية", "وطني", "إخبارية", "إخباري", "مستقلة", "مستقل", "شاملة", "شامل", "سياسية", "سياسي", "جامعة", "جامع",
    "يومية",
    "أسبوعية", "شهرية", "إلكترونية", "إلكتروني", "عربية", "عربي", "محلية", "محلي", "ثقافية", "ثقافي", "اقتصادية",
    "جهوية", "جهوي", "منوعة", "حرة", "تصدر", "خدمية", "خدمي", "رسمية",
)))  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _could_be_outlet(name: str, *, named: bool = False) -> bool:
    """Return whether a name could be an outlet's; `named` where the page says that it is somebody's."""
    folded = fold(name).strip(SIGNS).replace(" تي في", " تيفي")
    table, words = load_words(), folded.split()
    if " - " in folded and all(part.strip(SIGNS) in table.nobody for part in folded.split(" - ")):
        return False
    if len(name) > 60 or not words or folded in table.nobody or folded in table.unnamed or folded.startswith("نا "):
        return False
    if folded.startswith("المحرر ") or _DESCRIBING.issuperset(words):
        return False
    if "@" in name or "·" in name or name.startswith(("in ", "on ", "by ", "إنجاز ")):
        return False
    if named and len(words) <= 4 and table.joining.isdisjoint(words) and table.address.isdisjoint(words):
        return any(not word.isdigit() for word in words) and not table.sort.issuperset(words)
    if not any(word.isdigit() or _TWO_LETTERS.search(word) for word in words) or table.sort.issuperset(words):
        return False
    if words[0].isdigit() and len(words) > 2 and Outlets.load().match(name) is None:
        return False  # "6 دقائق قراءة"
    if (
        folded.startswith("لل")
        or (is_month(words[0]) and words[-1].isdigit())
        or all(word in places() for word in words)
    ):
        return False
    inside = words[1:-1] if len(words) > 2 else ()
    ends = (words[0], words[-1])
    if not table.joining.isdisjoint(ends) or not table.nameless.isdisjoint(words):
        return False
    if len(words) > 4 and not table.joining.isdisjoint(inside):
        return False  # a sentence
    if any(word in table.itself or word in table.address for word in words):
        return False
    marked = load_markers().line.get(folded)
    return not (marked is not None and marked[0] in ("navigation", "share", "footer") and not is_outlet_name(name))


@lru_cache(maxsize=1024)
def key_of(name: str) -> str:
    """Return what spellings of one name have in common, whatever sort of outlet they say it is."""
    words = [bare for word in fold(name).split() if (bare := word.strip(SIGNS))]
    while len(words) > 1 and words[0] in load_words().sort:
        words = words[1:]
    return "".join(words)


# How likely a name is the outlet's by the words around it, in steps: each that it reaches is evidence.
_STEPS = range(-4, 5)
# Of a name that stands nowhere else where names of outlets do.
_ONLY = "mentioned and nothing else"
_MENTIONED = frozenset(("mentioned", _ONLY))


def find_outlet(around: Around, writer: str | None) -> str | None:
    """Return the outlet that published an article, as the page writes it, or None where the page does not say.

    Args:
        around: the article, and what stands around it.
        writer: who wrote it, where that is known: not the outlet, but often beside it.
    """
    # A name is given where it is likelier than that the page names nobody: a wrong one is worse than none.
    best, most = None, 0.0
    for candidate in candidates(around, writer).values():
        weight = weigh_evidence("publishers", candidate.evidence)
        if weight > most:
            best, most = candidate.name, weight
    return best


def candidates(around: Around, writer: str | None, mentions: Sequence[Mention] | None = None) -> dict[str, Candidate]:
    """Return every name that could be the outlet's by its key, with its evidence; see `find_outlet`.

    `mentions` are those of the page where they are known already, by other weights than the reader's.
    """
    found = Candidates(writer)
    pieces, draft = around.pieces, around.draft
    if around.dateline is not None:
        _in_dateline(found, around.dateline, pieces[draft.body[0]].start)
    for i in around.beside:
        where = "right above the text" if i == draft.body[0] - 1 else around.head(i)
        _in_line(found, pieces, i, where)
    for i in around.below:
        _in_line(found, pieces, i, "below" if i > draft.body[-1] + 1 else "right below")
    for head in (pieces[i] for i in (draft.kicker, draft.title) if i is not None):
        for told in _TOLD.finditer(head.text):
            found.give(told[1], _told_at(told), head.start)
    _in_body(found, around.body, pieces[draft.body[0]].start)
    _asks(found, pieces, draft)
    if draft.role == "main":
        _on_page(found, pieces, draft)
        mentions = find_mentions(pieces, draft) if mentions is None else mentions
        for n, mention in enumerate(mentions):
            stands = key_of(mention.name) in found.found
            if (one := found.give(mention.name, "mentioned" if stands else _ONLY, mention.at)) is not None:
                one.evidence.update(f"mentioned > {step}" for step in _STEPS if mention.weight > step)
                if n == 0:
                    one.evidence.add("mentioned, the likeliest")
    else:
        # The weights are those of main articles, whose sources are among the mentions too.
        for candidate in found.found.values():
            if "source" in candidate.evidence:
                candidate.evidence.add("source of an article beside the main one")
    _look_at(found, around)
    return found.found


def _in_dateline(found: Candidates, dateline: Dateline, at: int) -> None:
    ours, _ = dateline_names(dateline)
    found.give(ours, "dateline", at)
    if ours is not None and is_agency_name(ours):
        found.give(ours, "dateline: ours, an agency", at)
    if dateline.unknown is not None and " " in dateline.unknown and dateline.unknown == dateline.place:
        found.give(dateline.unknown, "dateline: several words where a place would be", at)
    if ours is None and dateline.agency is not None:
        known = says_agency(dateline.agency)
        found.give(dateline.agency, "dateline: agency" if known else "dateline: an agency that no table has", at)
    beside = "" if dateline.place is None and dateline.agency is None else " beside others"
    if dateline.unknown is not None and dateline.unknown == dateline.place:
        beside = " where a place would be"
    found.give(dateline.unknown, f"dateline: an unknown name{beside}", at)


def _told_at(told: re.Match[str]) -> str:
    rest = told.string[told.end() :].strip()
    return "told in headline" if not rest or rest[0] in ":-–" else "quoted after 'to' in headline"


def _in_line(found: Candidates, pieces: Sequence[Piece], i: int, where: str) -> None:
    """Take the names of a line beside the article, each with what stands beside it."""
    line = pieces[i]
    kind = line.mark.kind if line.mark else ""
    if line.mark is not None and kind == "source":
        _in_source(found, line)
        return
    if line.words > 20 or line.text[-1] in "؟!" or says_nobody(line):
        return
    published = "نشر" in line.text or "منشور" in line.text
    if (named := (_PUBLISHED_IN.search(line.text) if published else _DAY_AND_OUTLET.match(line.text))) is not None:
        found.give(named["outlet"], "published in", line.start)
        return
    if kind == "post" and (named := _POST_HEAD.match(line.text)):
        found.give(named[1], "head of a post", line.start)
        return
    _by_phrases(found, line, kind)
    if line.words <= _MOST:
        _by_marks(found, line)
        _by_parts(found, pieces, i, where)


def _by_phrases(found: Candidates, line: Piece, kind: str) -> None:
    """Take the names that the words before them tell: a picture's credit, a source, whom a text was taken from."""
    if (
        ")" in line.text
        and (kind == "caption" or "caption" in line.rule or line.words > 5)
        and (named := _IN_BRACKETS.search(line.text))
    ):
        for part in read_credits(named[1])[:2]:
            if part.kind in ("name", "outlet") and not part.label and ":" not in named[1]:
                found.give(part.text, "picture's credit", line.start)
    if "مصدر" in line.text and (sourced := _SOURCED.search(line.text)):
        found.give(sourced[1], "source", line.start)
    if "نقل" in line.text and (taken := _TAKEN_FROM.search(line.text)):
        found.give(taken[1], "taken from", line.start)


def _by_marks(found: Candidates, line: Piece) -> None:
    """Take the names of a shorter line that marks or set words tell: quoted ones, the paper before its issue, ours."""
    if "عدد" in line.text and (issue := _ISSUE_OF.match(line.text)):
        found.give(_RIGHTS_PARTS.split(issue[1])[0], "before the number of an issue", line.start)
    marked = _OPENING.search(line.text) is not None
    for told in _TOLD.finditer(line.text) if marked else ():
        found.give(told[1], _told_at(told), line.start)
    if "خاص" in line.text and (ours := _OURS.search(line.text)):
        found.give(ours[1], "ours", line.start)
    if marked and line.words <= 12 and (quoted := _IN_QUOTES.search(line.text)):
        if _SORT_BEFORE.search(line.text, 0, quoted.start()):
            found.give(quoted[1], "quoted behind its sort", line.start)
        elif line.words <= 8:
            found.give(quoted[1], "quoted in a line", line.start)


def _by_parts(found: Candidates, pieces: Sequence[Piece], i: int, where: str) -> None:
    """Take the names of a line that is made of parts, each with what the other parts are."""
    line = pieces[i]
    parts = read_facts(line.text)
    if not parts or len(parts) > 9:
        return
    kind = line.mark.kind if line.mark else ""
    named = [part for part in parts if part.kind in ("name", "outlet", "agency")]
    for n, part in enumerate(named):
        if len(part.text.split()) > 5 or part.text.isdigit() > (n == 0):
            continue
        candidate = found.give(part.text, f"{where}: {part.kind}", line.start)
        if candidate is None:
            continue
        candidate.evidence.update(_beside(part, parts, named, n, where, kind))
        candidate.evidence.update(_described(parts, parts.index(part)))
        if parts[0].kind == "place" and parts.index(part) == 1 and f"({part.text})" in line.text:
            candidate.evidence.add("in brackets behind a place")
        if len(parts) == 2 and parts[1].kind in ("person", "name") and _NAMES_ITS_OWN.match(line.text):
            candidate.evidence.add("before a colon and a person" if n == 0 else "behind a name and a colon")
        if len(parts) == 1:
            candidate.evidence.update(_alone(pieces, i))
        if found.writer is not None and any(other.text == found.writer and other is not part for other in parts):
            candidate.evidence.add("beside the writer")


# "السهل: منى الديب", "«السهل» - منى الديب".
_NAMES_ITS_OWN = re.compile(r"[^:]{2,30}\s?:\s?[^:]{5,30}$")


def _described(parts: tuple[Part, ...], n: int) -> Iterator[str]:
    """Yield whether the part behind a name says its sort ("القنال، أسبوعية جهوية"), or it is such a part itself."""
    if n + 1 < len(parts) and _says_sort(parts[n + 1].text):
        yield "its sort described behind it"
    if n and _says_sort(parts[n].text):
        yield "describes what stands before it"


_KINDS_OF_OUTLETS = frozenset(("صحافه", "اعلام", "موسسه", "مشروع", "مبادره", "اخبار", "دوريه", "دليل"))


@lru_cache(maxsize=1 << 10)
def _says_sort(text: str) -> bool:
    """Return whether words say what an outlet is without its name: "موقع أردني للصحة", "يومية مستقلة"."""
    words = fold(text).split()
    return (
        len(words) > 1
        and (words[0] in load_words().sort or words[0] in _KINDS_OF_OUTLETS)
        and not words[1].startswith("ال")
        and words[1].endswith(("ي", "يه", "ه"))
    )


def _alone(pieces: Sequence[Piece], i: int) -> Iterator[str]:
    """Yield what stands around a line that is a name and nothing else, as evidence."""
    text = pieces[i].text
    if text[-1] in "-–—ـ":
        yield "alone, with a dash behind it"
    if (text[0], text.rstrip(". ")[-1]) in (("(", ")"), ("[", "]")):
        yield "alone, in brackets"
    if "@" in text:
        yield "beside an address"
    if text[0] in '«"“' and text[-1] in '»"”':
        yield "alone, in quotation marks"
    below = pieces[i + 1] if i + 1 < len(pieces) else None
    if below is not None and below.words <= 6 and _FOLLOWERS.search(below.text):
        yield "alone, with its followers below it"
    if below is not None and below.text[:4] == "http":
        yield "alone, with its address below it"
    if below is not None and below.mark is not None and below.mark.kind in ("date", "published", "time"):
        yield "alone, with a day below it"
    if below is not None and below.words <= 12 and below.said and below.said[0] in load_words().sort:
        yield "alone, with its sort below it"


_FOLLOWERS = re.compile(r"[0-9٠-٩].*(?:مشترك|متابع|subscriber|عضو)")


def _beside(part: Part, parts: tuple[Part, ...], named: list[Part], n: int, where: str, kind: str) -> Iterator[str]:
    """Yield what stands beside the n-th name on its line, whose mark is of that kind, as evidence."""
    kinds = {other.kind for other in parts}
    short = {"outlet": "known", "agency": "agency"}.get(part.kind, "unknown")
    if len(parts) == 1:
        yield f"{where}: alone"
    for other in ("day", "place", "person", "agency"):
        if other in kinds:
            yield f"{short} beside a {other}"
    if any(other.kind == "nobody" and fold(other.text) in OURSELVES for other in parts):
        yield "beside 'exclusive'"
        if len(parts) == 2:
            yield "with 'exclusive' and nothing else"
    if "day" in kinds and len(named) == 1 and kinds == {"day", part.kind}:
        yield f"{where}: with a day and nothing else"
    if len(named) == 2 and len(parts) <= 3 and "person" not in kinds and "place" not in kinds:
        yield "first of two strangers" if n == 0 else "second of two strangers"
    if len(named) > 1:
        yield "beside another name"
        yield "first of several names" if n == 0 else "not the first of several names"
    if n == 0 and len(named) == 2 and named[1].kind == "agency" and kinds <= {"day", "agency", part.kind}:
        yield "before its agency"
    if part.label:
        yield f"labelled: {part.label}"
    if kind in ("slug", "breadcrumb", "bar", "navigation", "tags"):
        yield f"in a line of kind: {kind}"


def _in_source(found: Candidates, line: Piece) -> None:
    assert line.mark is not None
    value = line.text[line.mark.value :] if line.mark.value else line.text
    name = _BEHIND_SOURCE.split(_LINKED.sub("", display(value)))[0].strip(SIGNS.replace("(", "").replace(")", ""))
    name = name.strip("()") if name.count("(") != name.count(")") else name
    name = _OF_ITS.sub("", name.split(" / ")[0]).strip()
    first, *others = _DASHES.split(name)
    if others and any(part.kind in ("place", "person", "agency") for part in read_credits(" - ".join(others))):
        name = first  # "المصدر: السهل ـ العين ـ منى الديب"
    if quoted := _IN_QUOTES.search(value):
        name = quoted[1]
    if line.mark.text == name or (":" not in line.text and line.mark.text != "site"):
        parts = read_credits(line.text)
        name = next((part.text for part in parts if part.kind in ("outlet", "agency")), name)
    if address := _HOST.match(name):
        known = Outlets.load().match(name)
        name = known.name if known is not None else address[1]
    if name != line.mark.text:
        how = {"site": "site tail", "الناشر": "publisher of a book"}.get(line.mark.text, "source")
        found.give(name, how, line.start)


# What may stand behind a source on its line: an agency, and when it was published.
_BEHIND_SOURCE = re.compile(r"\+|\s[|•]\s")
_DASHES = re.compile(r"\s+[-–—ـ]+\s+")
_LINKED = re.compile(r"^[\s(]*رابط\s?\)\s*:\s*")
# "المصدر: مراسل المدار": the outlet by its own reporter.
_OF_ITS = re.compile(r"^(?:مراسلة?|موفدة?)\s+(?=\S)")


def source_agencies(line: Piece) -> list[str]:
    """Return the agencies that a source line names: "المصدر: عمّان بوست + بترا", "السهل - وكالات", "(وكالات)"."""
    value = line.text[line.mark.value :] if line.mark and line.mark.value else line.text
    named = [part.strip(SIGNS) for part in _BETWEEN_SOURCES.split(value)]
    bare = [name.removeprefix("و") if name.startswith("ووكالات") else name for name in named]
    others = bare if len(bare) > 1 and is_agency_name(bare[0]) else bare[1:]
    if bare == ["وكالات"] or (len(bare) == 1 and line.text.strip(SIGNS) in ("وكالات", "الوكالات")):
        return [line.text.strip(SIGNS)]
    return [name for name in others if is_agency_name(name) or name == "وكالات"]


_BETWEEN_SOURCES = re.compile(r"\+|\s[-–|]\s|،\s|\sو(?=وكالات\b)")


_SAYING = re.compile(r"\s?(?:[إأا]ن\w*(?!\w)|ب[أا]ن|[،,:.]|[«\"“])")


def _is_said(body: str, start: int, end: int) -> bool:
    """Return whether somebody speaks to the name there: "وقال مدير المشروع لـ«السهل» إن …"."""
    told = (word.lstrip("وف") for word in fold(body[max(0, start - _LEADING) : start]).split())
    return _SAYING.match(body, end) is not None and not load_words().reporting.isdisjoint(told)


def _in_body(found: Candidates, body: str, at: int) -> None:
    """Take the names to which the text says that it was told."""
    quoted = [name for sign in _OPENING.finditer(body) if (name := _NAME_QUOTED.match(body, sign.start()))]
    for before, how in _SAID_QUOTED:
        done = 0
        for name in quoted:
            led = before.search(body, max(done, name.start() - _LEADING), name.start())
            if led is not None:
                done = name.end()
                if not is_agency_name(name[1]):
                    found.give(name[1], how, at + led.start())
                    if how == "told in text" and _is_said(body, led.start(), name.end()):
                        found.give(name[1], "told in text: said so", at + led.start())
    for form, how in _SAID:
        for said in form.finditer(body):
            if not is_agency_name(said[1]):
                found.give(said[1], how, at + said.start())


# An outlet that asks: "«السهل»: كم قطعة في المتحف؟", before question after question.
_ASKS = re.compile(r"[«\"“]?([^\W\d_]+(?: [^\W\d_]+){0,2})[»\"”]?\s?:\s")


def _asks(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take the name that stands before several questions of an interview."""
    asked: Counter[str] = Counter()
    for i in draft.body:
        if pieces[i].text[-1] == "؟" and (asking := _ASKS.match(pieces[i].text)):
            asked[asking[1]] += 1
            if asked[asking[1]] == 2:
                found.give(asking[1], "asks in the text", pieces[i].start)


def _on_page(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take the names by which the page speaks of its own site."""
    for line in reversed(pieces[-8:]):
        if (first := _FIRST_ON.search(line.text)) is not None and (line.kind in _FURNITURE or "The post" in line.text):
            found.give(first[1], "first published on", line.start)
    for line in pieces[:6]:
        if line.text.startswith("Channel ") and (made := _IN_QUOTES.search(line.text)) is not None:
            found.give(made[1], "channel", line.start)
    if channel := next((p for p in pieces if p.rule == "channel_above_its_posts"), None):
        found.give(channel.text, "channel", channel.start)
    count = len(pieces)
    for i in _edges(count, draft.body[-1]):
        line = pieces[i]
        if line.kind not in _FURNITURE or line.words > 60:
            continue
        if _SPEAKS_OF_RIGHTS.search(line.text) and (holder := _rights_holder(line.text)):
            of = ": agency" if is_agency_name(holder) else ": picture" if i < draft.body[0] else ""
            found.give(holder, f"rights{of}", line.start)
        if _SPEAKS_OF_NAMES.search(line.text):
            for how, forms in _NAMED_BY.items():
                for named in (one for form in forms for one in form.finditer(line.text)):
                    name = named["name"].strip(SIGNS)
                    if len(name.split()) <= 5 and not is_agency_name(name):
                        found.give(name, how, line.start)
    _in_short_lines(found, pieces, draft)
    for n in range(min(3, draft.first)):
        _at_the_edge(found, pieces[n], "first" if n == 0 else "second")
    for n, i in enumerate(range(count - 1, max(draft.body[-1], count - 4), -1)):
        _at_the_edge(found, pieces[i], "last" if n == 0 else "second to last")


def _in_short_lines(found: Candidates, pieces: Sequence[Piece], draft: Draft) -> None:
    """Take the short lines at the page's edges that stand there more than once: a masthead, a name above its menu."""
    seen: Counter[str] = Counter()
    for i in (*range(min(_MASTHEAD, draft.body[0])), *range(max(draft.body[-1] + 1, len(pieces) - _FOOT), len(pieces))):
        line = pieces[i]
        if "caption" in line.rule:
            continue  # a picture's two descriptions
        if line.words <= 5 and line.kind in _FURNITURE and not line.numbered and not says_nobody(line):
            seen[bare := line.text.strip(SIGNS)] += 1
            if seen[bare] == 2:
                found.give(bare, "a short line again and again", line.start)


_MASTHEAD, _FOOT = 14, 10


_DOTS = re.compile(r"\s?(?:\.{2,}|…)\s?")


def _at_the_edge(found: Candidates, line: Piece, where: str) -> None:
    """Take the name that the first or last lines of a page may be: a masthead, a path's head, a name with a motto."""
    if line.words > 14 or line.ends or line.kind in ("tweet", "tags") or says_nobody(line):
        return
    name = _YEARS.sub("", line.text)
    if is_outlet_name(name):
        found.give(name, f"{where} line: an outlet's name", line.start)
        return
    head = _PATH.split(line.text, maxsplit=1)[0]
    if head != line.text and fold(head).strip() not in _HOME and 1 <= len(head.split()) <= 4:
        found.give(head, f"{where} line: head of a path", line.start)
    parts = read_facts(_DOTS.sub(" - ", name))
    if len(parts) == 1 and len(name.split()) <= 4:
        found.give(name, f"{where} line: alone, {line.kind}", line.start)
        found.give(name, f"{where} line: alone, sections' words: {_of_sections(name)}", line.start)
    if parts and parts[0].kind in ("name", "outlet") and len(parts[0].text.split()) <= 4:
        said = ", an outlet's name" if parts[0].kind == "outlet" else ""
        found.give(parts[0].text, f"{where} line: {'alone' if len(parts) == 1 else 'first part'}{said}", line.start)
        if _of_sections(parts[0].text) == "none" and _bears_masthead(fold(parts[0].text).split()):
            found.give(
                parts[0].text, f"{where} line: {'alone' if len(parts) == 1 else 'part'}, a masthead's word", line.start
            )
    if len(parts) > 1 and _says_sort(parts[1].text) and len(parts[0].text.split()) <= 4:
        found.give(parts[0].text, "its sort described behind it", line.start)
        found.give(parts[1].text, "describes what stands before it", line.start)
    if len(parts) > 1 and parts[-1].kind in ("name", "outlet") and len(parts[-1].text.split()) <= 4:
        said = ", an outlet's name" if parts[-1].kind == "outlet" else ""
        found.give(parts[-1].text, f"{where} line: last part{said}", line.start)


def _in_headline(name: str, heads: str, *, told: bool) -> Iterator[str]:
    """Yield where a name stands in the kicker and the headline; not of one that the headline says it was told to."""
    if heads.endswith(name) and _SET_OFF_AT_ITS_END.search(heads[: len(heads) - len(name)]) is not None:
        yield "set off at the headline's end"
    elif name in heads and not told:
        yield "in the headline"


_SET_OFF_AT_ITS_END = re.compile(r"\s[-–—|~]\s$")


def _look_at(found: Candidates, around: Around) -> None:
    """Add to each name what it looks like, and where else it stands."""
    if not found.found:
        return
    pieces, draft, body = around.pieces, around.draft, around.body
    lines = [p.text for p in (*pieces[:_EDGE], *pieces[max(_EDGE, len(pieces) - _EDGE) :]) if p.kind not in _BODIES]
    outside = "\n".join(lines)
    heads = " ".join(pieces[i].text for i in (draft.kicker, draft.title) if i is not None)
    known = Outlets.load()
    foreign = is_foreign(body)
    spelt = addresses(outside)
    for candidate in found.found.values():
        name = candidate.name
        evidence = candidate.evidence
        if spelt and spells(name, spelt):
            evidence.add("spelt by an address")
        _by_words_in_text(name, body, evidence)
        if "source" in evidence and says_agency(name):
            evidence.add("source, an agency")
        match = known.match(name)
        if match is not None:
            evidence.add(f"a known {match.kind}")
            if match.kind == "agency" and not _MENTIONED.isdisjoint(evidence):
                evidence.add("mentioned, a known agency")
        elif is_domain(name):
            evidence.add("a domain")
        elif is_outlet_name(name):
            evidence.add("an outlet's name by its words")
            if _ONLY in evidence:
                evidence.add("mentioned and nothing else, an outlet's name by its words")
        elif _ONLY not in evidence:
            _by_form(name, evidence, foreign=foreign)
        if found.writer is not None and found.writer in name:
            evidence.add("the writer's name")
        if name.startswith(_BULLETINS):
            evidence.add("a bulletin")
        words = name.count(" ") + 1
        if all(word in places() for word in fold(name).split()):
            evidence.add("a place's name")
        if _ONLY in evidence:
            pass  # how it looks has its part in how likely it is
        elif words > 1:
            evidence.add("four words and more" if words > 3 else "two or three words")
        elif _SET_OFF.isdisjoint(evidence):
            evidence.add("one word")
        evidence.update(_in_headline(name, heads, told="told in headline" in evidence))
        if (times := outside.count(name)) > 1:
            evidence.add("twice outside the text" if times == 2 else "often outside the text")
        _in_text(name, body, evidence)
    named = [c for c in found.found.values() if "foreign" not in c.evidence and not _OF_THE_SITE.isdisjoint(c.evidence)]
    for candidate in found.found.values():
        if named and "foreign" in candidate.evidence:
            candidate.evidence.add("foreign beside an Arabic name of the site")


_ADDRESS = re.compile(r"@([A-Za-z][\w.-]{2,40})|(?<![\w.@])(?:www\.)?([A-Za-z][\w-]{2,30})\.[a-z]{2,8}(?:/(\w{3,40}))?")
_HOSTS_OF_ALL = frozenset((
    "facebook", "twitter", "t", "instagram", "youtube", "telegram", "whatsapp", "gmail", "yahoo", "hotmail", "google",
    "play", "apps", "apple", "tiktok", "snapchat", "linkedin", "x", "example", "mail", "outlook", "threads",
))  # fmt: skip


def addresses(text: str) -> list[str]:
    """Return the consonants of the addresses and handles in a text."""
    if "@" not in text and "." not in text:
        return []
    found = {part.lower() for hit in _ADDRESS.finditer(text) for part in hit.groups() if part}
    return sorted(
        {bones for part in found - _HOSTS_OF_ALL if len(bones := _bones_of_latin(part.partition(".")[0])) > 2}
    )


_SOUNDS = (
    ("sh", "S"), ("ch", "S"), ("kh", "K"), ("gh", "G"), ("th", "t"), ("dh", "d"), ("ou", ""), ("oo", ""), ("ph", "f"),
    ("c", "k"), ("q", "k"), ("x", "ks"), ("p", "b"), ("v", "f"),
)  # fmt: skip
_LETTERS = str.maketrans(
    {
        "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "K", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
        "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "G", "ف": "f", "ق": "k", "ك": "k", "ل": "l",
        "م": "m", "ن": "n", "گ": "g", "چ": "S", "ڤ": "f",
        **dict.fromkeys("اأإآىئءؤعوي ةه-_.ـ", ""),
    }
)  # fmt: skip
_NO_BONES = re.compile(r"[^a-zSKG]|[aeiouywh]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 10)
def _bones_of_latin(name: str) -> str:
    for written, sound in _SOUNDS:
        name = name.replace(written, sound)
    return _TWICE.sub(r"\1", _NO_BONES.sub("", name).replace("g", "j").replace("G", "j"))


@lru_cache(maxsize=1 << 12)
def _bones(name: str) -> str:
    bones = fold(name).translate(_LETTERS).replace("h", "").replace("G", "j").replace("g", "j")
    return _TWICE.sub(r"\1", "".join(c for c in bones if c.isascii() and c.isalpha()))


def spells(name: str, written: Sequence[str]) -> bool:
    """Return whether an address spells a name in other letters, by its consonants."""
    bones = _bones_of_latin(name.lower().replace(" ", "")) if is_foreign(name) else _bones(name)
    if len(bones) < 3:
        return False
    short = _bones(re.sub(r"(?<!\S)ال", "", name))
    return any(
        one in (bones, short) or (len(bones) > 3 and (bones in one or (len(one) > 3 and one in bones)))
        for one in written
    )


def _by_words_in_text(name: str, body: str, evidence: set[str]) -> None:
    """Say whether the text is about the words of a name, as it is about those of a section or a key word."""
    words = [word.removeprefix("ال") for word in name.split() if len(word) > 3]
    if words:
        told = sum(word in body for word in words)
        evidence.add(f"its words in the text: {'all' if told == len(words) else 'some' if told else 'none'}")


# Names of what is broadcast or sent, more often than of who does so.
_BULLETINS = ("نشرة ", "موجز ", "برنامج ", "نشره ")
# What the site itself says of its name.
_OF_THE_SITE = frozenset(("site tail", "rights", "source", "naming", "a short line again and again"))
_BODIES = ("main_article", "related_article", "title")


# Whatever stands so is a name, even of one word.
_SET_OFF = frozenset(("told in headline", "told in text", "quoted in a line", "quoted behind its sort", "source"))


# By what the text tells as of its own outlet.
_OF_ITS_OWN = frozenset(("told in text", "learned in text", "learned in text: its doing", "tells what it does"))


@lru_cache(maxsize=1)
def _section_words() -> frozenset[str]:
    """Return the words of menus, buttons and names of sections, without article and "and"."""
    return frozenset(
        _bare_word(word)
        for text, (kind, _) in load_markers().line.items()
        if kind in _OF_MENUS and text.count(" ") < 3
        for word in text.split()
    )


_OF_MENUS = frozenset(("navigation", "slug", "footer", "more", "share", "prompt"))


def _bare_word(word: str) -> str:
    return next(
        (word[len(led) :] for led in ("وال", "ال", "و") if word.startswith(led) and len(word) > len(led) + 2), word
    )


@lru_cache(maxsize=1 << 12)
def _of_sections(name: str) -> str:
    """Return whether all, some or none of a name's words are those of menus and sections: "أخبار محلية"."""
    found = [_bare_word(word) in _section_words() for word in fold(name).split()]
    return "all" if all(found) else "some" if any(found) else "none"


def _bears_masthead(words: Sequence[str]) -> bool:
    """Return whether folded words begin or end as names of outlets do."""
    return len(words) > 1 and (words[0] in load_words().masthead or words[-1] in load_words().masthead)


def _by_form(name: str, evidence: set[str], *, foreign: bool) -> None:
    if is_person_name(name):
        evidence.add("a person's name")
    elif could_be_person(name) and load_words().masthead.isdisjoint(fold(name).split()[:1]):
        evidence.add("could be a person")
    if ends_in_origin(name):
        evidence.add("a family name of origin")
    if holds_place(name):
        evidence.add("holds a place")
    if is_foreign(name) and not foreign:
        evidence.add("foreign")
    if name.startswith("ال"):
        evidence.add("with the article")
    words = fold(name).split()
    if words[0] in load_words().sort:
        evidence.add("begins with its sort")
    if _bears_masthead(words):
        evidence.add("a masthead's word")
        if "unknown beside a day" in evidence:
            evidence.add("a masthead's word beside a day")
        if "dateline: an agency that no table has" in evidence:
            evidence.add("a masthead's word in a dateline")
        if not _OF_ITS_OWN.isdisjoint(evidence):
            evidence.add("a masthead's word, told in text")
    if words[0] == "اخبار" or words[0] in load_words().desk:
        evidence.add("a desk or a section")


def _in_text(name: str, body: str, evidence: set[str]) -> None:
    """Say how the text speaks of a name: as of itself ("لـ«الاسم»"), or as of anybody."""
    at = body.find(name)
    if at < 0:
        if name.startswith("ال") and f" لل{name[2:]}" in body:
            evidence.add("told to it in the text")
        return
    before, after = body[max(0, at - 2) : at], body[at + len(name) : at + len(name) + 1]
    if "«" in before or '"' in before or "“" in before:
        evidence.add("quoted in the text")
    elif f" ل{name}" in body or f" ل {name}" in body:
        evidence.add("told to it in the text")
    elif after.strip() in ("", "،", ".", ":"):
        evidence.add("in the text")


def _edges(count: int, last: int) -> Iterator[int]:
    yield from range(min(_EDGE, count))
    yield from range(max(_EDGE, last + 1, count - _EDGE), count)


def _held(text: str) -> str | None:
    left = " ".join(_RIGHTS.sub(" ", text).split()).strip(SIGNS + "©.")
    if fold(left).partition(" ")[0] not in places():
        left = _FOR.sub("", left).strip(SIGNS)
    left = re.split(r"\s+غير\s|\s+و?لا\s", left)[0]
    left = company["name"] if (company := _COMPANY.fullmatch(left)) else left
    return left if 1 <= len(left.split()) <= 5 and not has_number(left.replace("24", "")) else None


def _rights_holder(text: str) -> str | None:
    """Return who a copyright line says a page belongs to: "جميع الحقوق محفوظة © بوابة الحقل 2024"."""
    if len(text) > _LONG_RIGHTS and "©" in text:
        text = text[text.index("©") :]  # what is glued to the line before it is not of it
    name = display(text)
    if (by := _HELD_BY.search(name)) is not None and _TWO_LETTERS.search(left := _RIGHTS.sub(" ", name[by.end() :])):
        name = left
    cut = _SENTENCE_BREAK.search(name)
    pieces = [name[: cut.start()], name[cut.start() :]] if cut else [name]
    for piece in pieces:
        held = [_held(part) for part in _RIGHTS_PARTS.split(piece)]
        held = [name for name in held if name and fold(name) not in places()]
        if held:
            return next((name for name in held if is_outlet_name(name)), held[0])
    return None
