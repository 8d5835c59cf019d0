"""The digest: each hit told once, a page that needs nothing else, and mail through a real server."""

from __future__ import annotations

import re
import smtplib
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd import resources
from rasd.annotating.gazetteer import Gazetteer
from rasd.errors import SettingError, TransientError
from rasd.pipeline import publishing, watches
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.pipeline.watches import Watch
from rasd.publishing import charts, digest
from receivers import mail_server

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.now(UTC).date()


@pytest.fixture
def loaded(warehouse: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    monkeypatch.setattr(watches, "read_file", lambda path=None: ([], ["watches.csv, line 9: it has 2 fields"]))
    with warehouse.begin() as c:
        watches.add(c, Watch("kz", "كازاخستان", "entity", "LOC/country/KZ", recipients=("one@example.org",)))
        watches.add(c, Watch("malaria", "الملاريا", "query", "ملاريا", recipients=("two@example.org",)))
        watches.add(c, Watch("often", "إنذار", "entity", "LOC/country/KZ", at_least=1, recipients=("two@example.org",)))
    ingest(warehouse, IngestOptions(str(resources.seeds() / "inbox"), settle_seconds=0), Gazetteer())
    return warehouse


def told(engine: sa.Engine) -> dict[str, int]:
    with engine.connect() as c:
        rows = c.execute(sa.text("SELECT watch_id, count(told_on) FROM ops.watch_hit GROUP BY 1"))
        return dict(map(tuple, rows))


def test_each_hit_is_told_once_and_a_digest_made_again_tells_the_same(loaded: sa.Engine, tmp_path: Path) -> None:
    made = digest.make(loaded, TODAY, str(tmp_path))
    assert (tmp_path / f"digest-{TODAY}.html").read_text(encoding="utf-8") == made.html
    assert told(loaded)["kz"] > 0
    assert told(loaded)["often"] == 0, "a threshold tells days, not texts"
    again = digest.make(loaded, TODAY, str(tmp_path))
    hits = re.compile("<mark>.*?</mark>")
    assert hits.findall(again.html) == hits.findall(made.html) != []
    with loaded.begin() as c:
        c.execute(sa.text("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article"))
    publishing.publish(loaded)
    tomorrow = digest.make(loaded, TODAY + timedelta(days=1), str(tmp_path))
    assert hits.findall(tomorrow.html) == []
    assert "لا جديد في المتابعات" in tomorrow.html


def test_what_is_wrong_with_a_watch_is_said_in_arabic(loaded: sa.Engine, tmp_path: Path) -> None:
    watch = "INSERT INTO core.watch (watch_id, name, kind, subject) VALUES ('nobody', 'لا أحد', 'outlet', 'الغائب')"
    with loaded.begin() as c:
        c.execute(sa.text(watch))
    made = digest.make(loaded, TODAY, str(tmp_path)).html
    assert "لا ناشر بهذا المعرّف أو الاسم: \u2068الغائب\u2069" in made
    assert "no outlet" not in made


def test_a_day_before_the_hits_were_found_does_not_take_them(loaded: sa.Engine, tmp_path: Path) -> None:
    made = digest.make(loaded, TODAY - timedelta(days=30), str(tmp_path))
    assert "<mark>" not in made.html
    assert not any(told(loaded).values())


def test_an_alarm_tells_its_day_once(loaded: sa.Engine, tmp_path: Path) -> None:
    with loaded.connect() as c:
        day = c.scalar(
            sa.text(
                "SELECT max(published_on) FROM core.entity_day"
                " WHERE entity_id = report.entity_find('LOC/country/KZ') AND n_articles > 0"
            )
        )
    made = digest.make(loaded, day, str(tmp_path)).html
    assert 'class="alarm"' in made
    assert "<mark>كازاخستان</mark>" in made, "an alarm names a text, a sentence and the spelling that fired"
    assert 'class="alarm"' in digest.make(loaded, day, str(tmp_path)).html
    assert 'class="alarm"' not in digest.make(loaded, day + timedelta(days=1), str(tmp_path)).html


def test_a_page_that_many_runs_see_is_counted_once(loaded: sa.Engine, tmp_path: Path) -> None:
    for seen in ("renew", "reread"):
        ingest(loaded, IngestOptions(str(resources.seeds() / "inbox"), settle_seconds=0, seen=seen), Gazetteer())
    page = digest.make(loaded, TODAY, str(tmp_path)).html
    tiles = dict(re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", page))
    assert (tiles["صفحات جديدة"], tiles["صفحات محجوزة"]) == ("17", "1")
    assert "<td>استيراد</td>" in page
    assert "<td>أغلقت دفاترها</td>" in page


def test_what_fired_is_marked_where_it_stands(warehouse: sa.Engine, tmp_path: Path) -> None:
    with warehouse.begin() as c:
        watches.add(c, Watch("publisher", "ناشر", "outlet", "صوت الميناء"))
        watches.add(c, Watch("headline", "عنوان", "phrase", "القمح بين كازاخستان"))
    ingest(warehouse, IngestOptions(str(resources.seeds() / "inbox"), settle_seconds=0), Gazetteer())
    page = digest.make(warehouse, TODAY, str(tmp_path)).html
    assert "<bdi>ناشر</bdi> <small>" in page
    assert "<mark></mark>" not in page
    assert "للقمح بين كازاخستان</mark>" in page, "only the headline says so"
    with warehouse.connect() as c:
        phrase = c.execute(sa.text("SELECT part, n_matches FROM ops.watch_hit WHERE watch_id = 'headline'")).one()
    assert tuple(phrase) == ("headline", 1), "its words stand alone elsewhere"


def test_addresses_that_are_none_are_told_and_get_no_mail(loaded: sa.Engine, tmp_path: Path) -> None:
    with loaded.begin() as c:
        c.execute(sa.text("UPDATE core.watch SET recipients = '{nobody,\"a@b.org\nBcc: c@d.org\",one@example.org}'"))
    made = digest.make(loaded, TODAY, str(tmp_path))
    assert [m.recipient for m in made.mails] == ["one@example.org"]
    assert "متابعة \u2068kz\u2069: \u2068\u2068&#39;nobody&#39;\u2069 ليس عنوان بريد\u2069" in made.html


def test_a_day_that_has_not_come_has_no_digest() -> None:
    digest.require_begun(TODAY)
    with pytest.raises(SettingError, match="not come"):
        digest.require_begun(TODAY + timedelta(days=2))


def test_the_page_needs_nothing_else_and_says_what_is_wrong(loaded: sa.Engine, tmp_path: Path) -> None:
    with loaded.connect() as c:
        day = c.scalar(sa.text("SELECT max(published_on) FROM core.article_day"))
    page = digest.make(loaded, day, str(tmp_path)).html
    assert '<html lang="ar" dir="rtl">' in page
    assert page.count("<svg") >= 3
    assert not re.findall(r'(?:src|href)="(?!#)', page.replace('xmlns:xlink="', "")), "nothing is fetched"
    assert "<script" not in page
    assert "watches.csv، السطر 9" in page
    assert re.search(r"نصوصه في المستودع: [1-9]", page), "how many have no day"
    today = digest.make(loaded, TODAY, str(tmp_path)).html
    assert "no_article" in today, "the quarantine of the day"
    assert "report.quality" not in today
    with loaded.begin() as c:
        c.execute(
            sa.text(
                "INSERT INTO ops.check_result (check_name, severity, value, at_most, is_passed, duration_seconds)"
                " VALUES ('orphan_row', 'error', 12, 0, false, 0), ('books_close', 'error', 0, 0, true, 0),"
                " ('undated_pages', 'warning', 0.71349, 0.6, false, 0)"
            )
        )
    today = digest.make(loaded, TODAY, str(tmp_path)).html
    assert "orphan_row</span> (خطأ" in today
    assert 'undated_pages</span> (تنبيه، <span class="ltr">0.713</span>، والحد <span class="ltr">0.6<' in today
    assert "books_close" not in today, "what passed is no news"
    (tmp_path / "file").touch()
    with pytest.raises(TransientError, match=r"cannot be written.*RASD_DIGEST"):
        digest.make(loaded, TODAY + timedelta(days=1), str(tmp_path / "file" / "below"))


def test_what_a_page_says_is_never_markup(loaded: sa.Engine, tmp_path: Path) -> None:
    with loaded.begin() as c:
        c.execute(
            sa.text("UPDATE ops.watch_hit SET headline = '<script>alert(1)</script>', sentence = '<b>' || sentence")
        )
        c.execute(sa.text("UPDATE core.entity SET name = '<img src=x>' || name"))
    with loaded.connect() as c:
        day = c.scalar(sa.text("SELECT max(published_on) FROM core.article_day"))
    for chosen in (TODAY, day):
        page = digest.make(loaded, chosen, str(tmp_path)).html
        assert "<script>" not in page
        assert "<img" not in page


def test_every_recipient_gets_theirs_once(loaded: sa.Engine, tmp_path: Path) -> None:
    def deliver(mail: digest.Mail) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "rasd@example.org", mail.recipient, mail.subject
        message["Message-ID"] = mail.message_id
        message.set_content(mail.html, subtype="html")
        message.add_attachment(mail.attachment, maintype="text", subtype="html", filename=mail.attachment_name)
        try:
            with smtplib.SMTP("127.0.0.1", post.port) as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise digest.MailRefusedError("refused", where=mail.recipient) from error

    made = digest.make(loaded, TODAY, str(tmp_path), to=["desk@example.org"])
    assert [m.recipient for m in made.mails] == ["desk@example.org", "one@example.org", "two@example.org"]
    with mail_server("one@example.org") as post:
        with pytest.raises(digest.MailRefusedError, match=r"one@example\.org: refused"):
            digest.send(loaded, TODAY, made.mails, deliver)
        assert [m["To"] for m in post.messages] == ["desk@example.org", "two@example.org"], "one stops nobody else's"
        post.refused.clear()
        assert digest.send(loaded, TODAY, made.mails, deliver) == 1
        assert digest.send(loaded, TODAY, made.mails, deliver) == 0
    mails = post.messages
    assert [m["To"] for m in mails] == ["desk@example.org", "two@example.org", "one@example.org"]
    bodies = {m["To"]: m.get_body(("html",)).get_content() for m in mails}  # type: ignore[union-attr]
    assert "كازاخستان" in bodies["one@example.org"]
    assert "<h2" in bodies["one@example.org"]
    assert bodies["one@example.org"].count("<h2") == 1, "only what they watch"
    assert bodies["desk@example.org"].count("<h2") == 2
    attached = next(iter(mails[0].iter_attachments()))
    assert attached.get_filename() == f"digest-{TODAY}.html"
    assert attached.get_payload(decode=True).decode() == made.html  # type: ignore[union-attr]
    assert len({m["Message-ID"] for m in mails}) == 3


def test_charts_hold_their_words_and_bear_odd_input() -> None:
    svg = charts.bars([("السعودية", 3), ("السعودية", 1), ('"اسم" <b> \\', 0)], usual=[2.5, None, 0.0])
    assert svg.count("السعودية") == 2
    assert "<b>" not in svg
    assert " id=" not in svg
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(30)]
    assert "كازاخستان" in charts.lines(days, [("كازاخستان", [0] * 30)])
