from __future__ import annotations

import codecs
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasd.errors import PoisonError
from rasd.landing.decoding import decode
from rasd.landing.model import Hints, MediaType
from rasd.landing.reasons import REASONS

TEXT = "أعلنت وزارة الثقافة افتتاح المكتبة العامة في مدينة طنجة يوم الأحد، بعد أعمال ترميم دامت ثلاث سنوات.\r\n"
# What ISO-8859-6 lacks, and what stands for it.
PLAIN = str.maketrans({"–": "-", **dict.fromkeys("“”«»", '"'), "\u00a0": " "})
# Short texts as they stand alone in feeds, each written for this test.
SHORT = (
    "افتتاح معرض الكتاب",
    "قال الوزير",
    "مصر والسودان تبحثان ملف المياه",
    "ارتفاع أسعار القمح",
    "زلزال يضرب غرب تركيا",
    "فوز المنتخب على ضيفه",
    "كأس الخليج: قطر 2 - 1 الكويت",
    "عاجل",
    "هل يعود الهدوء؟",
    "شكر وتقدير",
)


def reason(content: bytes, media_type: MediaType = "text") -> str:
    with pytest.raises(PoisonError) as error:
        decode(content, media_type)
    assert error.value.reason in REASONS
    assert error.value.what.startswith(REASONS[error.value.reason].what)
    return error.value.reason


def record(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_text_is_decoded_character_by_character() -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        for mark in ("", "\ufeff"):
            page = decode((mark + TEXT).encode(encoding), "text")
            assert (page.text, page.encoding, page.hints, page.notes) == (mark + TEXT, encoding, Hints(), ())
    assert decode(b"plain ASCII\n", "text").encoding == "utf-8"
    assert decode(("\ufeff" + TEXT).encode("utf-32-le"), "text").text == "\ufeff" + TEXT


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("text", [TEXT, TEXT * 100, *SHORT])
def test_legacy_encodings_of_arabic(encoding: str, text: str) -> None:
    page = decode(text.encode(encoding), "text")
    assert page.text == text
    assert page.notes


def test_legacy_encodings_line_by_line() -> None:
    """Every line of the sample inbox that both encodings can hold is read back from either."""
    lines = {
        line
        for path in sorted(Path("seeds/inbox").rglob("*.txt"))
        for line in path.read_text(encoding="utf-8-sig").splitlines()
        if len(line) > 12
    }
    wrong = []
    tried = 0
    for line in sorted(lines):
        for encoding in ("windows-1256", "iso-8859-6"):
            text = line.translate(PLAIN)
            try:
                content = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            tried += 1
            if decode(content, "text").text != text:
                wrong.append((encoding, text))
    assert tried > 200
    assert wrong == []


def test_utf_8_with_a_few_broken_bytes_is_kept_and_noted() -> None:
    content = (TEXT * 20).encode()
    cut = decode(content[:-4], "text")  # The last letter lost its second byte.
    assert cut.text.rstrip() == (TEXT * 20).rstrip()[:-2] + "\ufffd"
    spoilt = decode(content[:1000] + b"\xff" + content[1000:], "text")
    assert spoilt.encoding == "utf-8"
    assert spoilt.text.count("\ufffd") in (1, 3)
    assert "U+FFFD" in spoilt.notes[0]
    # A replacement character that somebody else put there is the page's own.
    assert decode(("\ufffd" * 5 + TEXT).encode(), "text").notes == ()


def test_utf_16_cut_within_a_character() -> None:
    content = (TEXT * 20).encode("utf-16")
    page = decode(content[:-1], "text")
    assert page.text.startswith("\ufeff" + TEXT)
    assert page.notes


def test_bytes_in_no_encoding() -> None:
    assert reason(bytes(range(0x80, 0x100)) * 10) == "bad_encoding"
    assert reason((TEXT.encode()[:60] + b"\xff\xfe\x80") * 20) == "bad_encoding"


def test_nothing_to_read() -> None:
    assert reason(b"") == "empty"
    for blank in (" \r\n\t", "\ufeff", "\ufeff\u200b\u200f \u00a0\u2028", "\u2069"):
        assert reason(blank.encode()) == "blank"
        assert reason(blank.encode("utf-16")) == "blank"
    assert reason(b"", "html") == "empty"
    assert reason(b"", "record") == "empty"
    assert reason(b" \n", "record") == "blank"


def test_nul_bytes() -> None:
    assert reason(TEXT.encode() + b"\0") == "nul_bytes"
    assert reason(b"\0" * 500) == "nul_bytes"
    assert reason(TEXT.encode("utf-16") + b"\0\0") == "nul_bytes"
    assert reason(f"<html><p>{TEXT}\0</p></html>".encode(), "html") == "nul_bytes"
    assert reason(b'{"text": "a\\u0000b"}', "record") == "nul_bytes"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + TEXT.encode(),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"PK\x03\x04\x14\0\0\0",
        b"\x1f\x8b\x08\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x7fELF\2\1\1",
        b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(range(32)) * 8,
        bytes((i * 167 + i // 7) % 256 for i in range(5000)),
    ],
)
def test_binary_files_named_txt(content: bytes) -> None:
    assert reason(content) == "binary"


HTML = """<!DOCTYPE html><html lang="ar"><head><meta charset="{charset}">
<title>افتتاح المكتبة | صحيفة الشاطئ</title><meta property="og:title" content="افتتاح المكتبة العامة في طنجة">
<meta property="og:site_name" content="صحيفة الشاطئ"><meta name="author" content="ليلى الفاسي">
<meta property="article:published_time" content="2024-03-10T08:00:00+01:00">
<meta name="keywords" content="ثقافة, طنجة، مكتبات"><link rel="canonical" href="https://example.org/culture/1">
<script>var text = "لا يقرأ";</script></head><body><nav><a href="/">الرئيسية</a><a href="/x">اتصل بنا</a></nav>
<article><h1>افتتاح المكتبة العامة في طنجة</h1><p>{text}</p><p>وقالت مديرة المكتبة إن <b>ثلاثين ألف</b> كتاب
وصلت إلى الرفوف الجديدة.</p><h2>قاعات للأطفال</h2><p>{text}</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
def test_html(charset: str) -> None:
    page = decode(HTML.format(charset=charset, text=TEXT * 3).encode(charset), "html")
    assert page.encoding == charset
    lines = page.text.split("\n")
    assert lines[0] == "افتتاح المكتبة العامة في طنجة"
    assert lines.count(lines[0]) == 1
    assert "وقالت مديرة المكتبة إن ثلاثين ألف كتاب وصلت إلى الرفوف الجديدة." in lines
    assert "قاعات للأطفال" in lines
    assert "لا يقرأ" not in page.text
    assert page.hints == Hints(
        title="افتتاح المكتبة العامة في طنجة",
        published="2024-03-10",
        outlet="صحيفة الشاطئ",
        author="ليلى الفاسي",
        url="https://example.org/culture/1",
        tags=("ثقافة", "طنجة", "مكتبات"),
    )
    # The same page in a file named .txt.
    assert decode(HTML.format(charset="utf-8", text=TEXT).encode(), "text").text.startswith(lines[0])


def test_html_with_no_main_text_gives_what_it_shows() -> None:
    page = decode("<html><head><title>x</title></head><div>سطر <a>أول</a></div>سطر ثان<br>ثالث</html>".encode(), "html")
    assert page.text.split("\n")[-3:] == ["سطر أول", "سطر ثان", "ثالث"]
    assert reason(b"<html><head><script>1</script></head><body><div></div></body></html>", "html") == "no_text"
    assert reason(b"<html></html>", "html") == "no_text"
    assert decode(b"<?xml version='1.0' encoding='utf-8'?><html><p>\xd8\xae\xd8\xa8\xd8\xb1</p></html>", "html").text


def test_html_date_does_not_depend_on_today() -> None:
    page = decode(HTML.replace("2024-03-10", "2031-03-10").format(charset="utf-8", text=TEXT).encode(), "html")
    assert page.hints.published == "2031-03-10"


def test_news_please() -> None:
    page = decode(
        record(
            authors=["ليلى الفاسي", "كريم"],
            date_download="2024-03-11 10:00:00",
            date_modify="None",
            date_publish="2024-03-10 08:00:00",
            description="موجز",
            maintext=TEXT,
            source_domain="example.org",
            title="عنوان\n الخبر",
            title_page=None,
            url="https://example.org/1",
        ),
        "record",
    )
    assert page.text == f"عنوان الخبر\n{TEXT.strip()}"
    assert page.hints == Hints(
        "عنوان الخبر", "2024-03-10 08:00:00", "example.org", "ليلى الفاسي، كريم", "https://example.org/1"
    )


def test_fundus() -> None:
    body = {"summary": ["موجز الخبر."], "sections": [{"headline": ["فصل"], "paragraphs": ["أول.", "ثان."]}]}
    page = decode(
        record(
            title="عنوان",
            body=body,
            authors=["ليلى"],
            publishing_date="2024-03-10 08:00:00+01:00",
            topics=["ثقافة", "طنجة"],
            publisher="الشاطئ",
            html={"responded_url": "https://example.org/2", "content": "<html></html>"},
        ),
        "record",
    )
    assert page.text == "عنوان\nموجز الخبر.\nفصل\nأول.\nثان."
    assert page.hints == Hints(
        "عنوان", "2024-03-10 08:00:00+01:00", "الشاطئ", "ليلى", "https://example.org/2", ("ثقافة", "طنجة")
    )


def test_records_with_html_in_them() -> None:
    wordpress = record(title={"rendered": "عنوان"}, content={"rendered": "<p>أول.</p><p>ثان &amp; ثالث.</p>"})
    assert decode(wordpress, "record").text == "عنوان\nأول.\nثان & ثالث."
    crawled = decode(record(html=HTML.format(charset="utf-8", text=TEXT), publisher="المرفأ"), "record")
    assert crawled.text.startswith("افتتاح المكتبة العامة في طنجة\n")
    assert (crawled.hints.outlet, crawled.hints.author) == ("المرفأ", "ليلى الفاسي")


def test_a_record_with_a_summary_only_is_noted() -> None:
    page = decode(record(title="عنوان", description="موجز [...]"), "record")
    assert page.text == "عنوان\nموجز [...]"
    assert page.notes


def test_records_in_other_encodings() -> None:
    for encoding in ("utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "windows-1256"):
        assert decode(json.dumps({"text": TEXT}, ensure_ascii=False).encode(encoding), "record").text == TEXT.strip()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"not json", "bad_json"),
        (b'{"text": "x"', "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b"[1, 2]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b"null", "not_an_object"),
        (b"{}", "no_text"),
        (b'{"title": "x", "text": "  "}', "no_text"),
        (b'{"text": 5}', "no_text"),
        (b'{"text": "a \\ud800 b"}', "lone_surrogate"),
        (b'{"text": "a", "title": "\\udc00"}', "lone_surrogate"),
        (b'{"text": "a", "tags": ["\\udc00"]}', "lone_surrogate"),
    ],
)
def test_records_that_cannot_be_read(content: bytes, expected: str) -> None:
    assert reason(content, "record") == expected


def test_a_pair_of_surrogate_escapes_is_a_character() -> None:
    assert decode(b'{"text": "\\ud83d\\ude00", "n": ' + b"9" * 5000 + b"}", "record").text == "😀"


def test_a_page_of_5_mb_in_one_line() -> None:
    text = "خبر " * 1_300_000
    assert decode(text.encode(), "text").text == text
    assert decode(text.encode("windows-1256"), "text").encoding == "windows-1256"
    assert decode(record(text=text), "record").text == text.strip()


@given(st.binary(max_size=400), st.sampled_from(["text", "html", "record"]))
def test_any_bytes_give_a_text_or_a_reason(content: bytes, media_type: MediaType) -> None:
    try:
        page = decode(content, media_type)
    except PoisonError as e:
        assert e.reason in REASONS
        return
    page.text.encode()
    assert "\0" not in page.text
    assert codecs.lookup(page.encoding)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_utf_8_text_comes_back(text: str) -> None:
    try:
        page = decode(text.encode(), "text")
    except PoisonError as e:
        assert e.reason in ("blank", "binary")
        return
    if not page.hints.title and "<" not in text:
        assert page.text == text


@given(st.recursive(st.text() | st.none() | st.integers(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)))
def test_any_record(value: object) -> None:
    fields = {"title": value, "body": value, "tags": value, "html": value}
    try:
        decode(json.dumps(fields).encode(), "record").text.encode()
    except PoisonError as e:
        assert e.reason in REASONS


def test_importing_is_cheap() -> None:
    script = (
        "import sys, rasd.landing.listing, rasd.landing.containers, rasd.landing.decoding\n"
        "print([m for m in ('trafilatura', 'lxml', 'charset_normalizer', 'fsspec') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
