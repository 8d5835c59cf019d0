"""Copyright lines: who a page belongs to, by what is left of the line without its set words."""

from __future__ import annotations

import re

from rasd.arabic.text import display, fold
from rasd.reading.candidates import TWO_LETTERS
from rasd.reading.credits import SIGNS, is_outlet_name
from rasd.reading.lines import has_number
from rasd.reading.places import places

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
SPEAKS_OF_RIGHTS = re.compile("|".join(map(re.escape, _RIGHTS_WORDS)))


def _held(text: str) -> str | None:
    left = " ".join(_RIGHTS.sub(" ", text).split()).strip(SIGNS + "©.")
    if fold(left).partition(" ")[0] not in places():
        left = _FOR.sub("", left).strip(SIGNS)
    left = re.split(r"\s+غير\s|\s+و?لا\s", left)[0]
    left = company["name"] if (company := _COMPANY.fullmatch(left)) else left
    return left if 1 <= len(left.split()) <= 5 and not has_number(left.replace("24", "")) else None


def rights_holder(text: str) -> str | None:
    """Return who a copyright line says a page belongs to: "جميع الحقوق محفوظة © بوابة الحقل 2024"."""
    if len(text) > _LONG_RIGHTS and "©" in text:
        text = text[text.index("©") :]  # what is glued to the line before it is not of it
    name = display(text)
    if (by := _HELD_BY.search(name)) is not None and TWO_LETTERS.search(left := _RIGHTS.sub(" ", name[by.end() :])):
        name = left
    cut = _SENTENCE_BREAK.search(name)
    pieces = [name[: cut.start()], name[cut.start() :]] if cut else [name]
    for piece in pieces:
        held = [_held(part) for part in _RIGHTS_PARTS.split(piece)]
        held = [name for name in held if name and fold(name) not in places()]
        if held:
            return next((name for name in held if is_outlet_name(name)), held[0])
    return None
