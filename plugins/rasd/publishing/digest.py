"""The digest of a day: one HTML file that needs nothing else, and the mails that carry it.

A digest tells what watches found and no digest told before (`ops.watch_hit.told_on`): made again, by hand or by a
retry, it tells the same. It shows the day: trends, who and what was named most and with whom, outlets, the books,
what is in quarantine, and the pages of whose reading the reader is unsure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from rasd import sayings
from rasd.errors import SettingError, TransientError
from rasd.landing.listing import Storage, default_storage
from rasd.pipeline import watches
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    import jinja2

# Digests that are made at once would each find the same hits untold.
_LOCK = 0x52444947  # "RDIG"
_MOST_HITS = 25  # of one watch; the rest is counted
_MOST_OF_ALARM = 5
_MOST_ROWS = 10
_TREND_DAYS = 30
# Pages come late: alarms of the days before are looked at again.
_ALARM_DAYS = 7

_TELL = """
UPDATE ops.watch_hit AS h
SET told_on = :day
FROM core.watch AS w
WHERE w.watch_id = h.watch_id AND num_nonnulls(w.at_least, w.times_usual) = 0 AND h.told_on IS NULL
  AND h.found_at < :end
"""
_TELL_ALARMS = """
INSERT INTO ops.watch_alarm (watch_id, published_on, n_articles, expected, told_on)
SELECT a.watch_id, d::date, a.n_articles, a.expected, :day
FROM generate_series(CAST(:day AS date) - :back, CAST(:day AS date), interval '1 day') AS d
CROSS JOIN LATERAL report.watch_alarm(d::date) AS a
WHERE a.is_alarm
ORDER BY 1, 2
ON CONFLICT DO NOTHING
"""
_HIT = """
SELECT h.watch_id, w.name, w.recipients, h.headline, h.published_on, h.sentence, h.surface, h.part, h.start_offset,
  h.end_offset, s.start_offset AS sentence_start,
  coalesce(d.story_id, h.article_id) AS story_id,
  ARRAY(
    SELECT DISTINCT coalesce(o.name, p.outlet) FROM core.publication AS p
    LEFT JOIN core.outlet AS o ON o.outlet_id = p.outlet
    WHERE p.article_id = h.article_id AND p.outlet IS NOT NULL ORDER BY 1
  ) AS outlets
FROM ops.watch_hit AS h
JOIN core.watch AS w USING (watch_id)
LEFT JOIN core.article_day AS d USING (article_id)
LEFT JOIN core.sentence AS s ON h.part = 'body' AND (s.article_id, s.sentence_no) = (h.article_id, h.sentence_no)
"""
_HITS = f"""{_HIT}
WHERE h.told_on = :day
ORDER BY w.name COLLATE "C", w.watch_id, h.published_on DESC NULLS LAST, h.article_id
"""
_HITS_OF_ALARMS = f"""{_HIT}
JOIN ops.watch_alarm AS a ON (a.watch_id, a.published_on) = (h.watch_id, h.published_on)
WHERE a.told_on = :day
ORDER BY h.n_matches DESC, h.article_id
"""
_ALARMS = """
SELECT a.watch_id, coalesce(w.name, a.watch_id) AS name, coalesce(w.recipients, '{}') AS recipients, a.published_on,
  a.n_articles, a.expected
FROM ops.watch_alarm AS a
LEFT JOIN core.watch AS w USING (watch_id)
WHERE a.told_on = :day
ORDER BY a.published_on DESC, a.watch_id
"""
_UNDATED = "SELECT coalesce(sum(n_articles), 0) FROM core.press_day WHERE published_on IS NULL"
_PRESS = """
SELECT coalesce(sum(n_articles), 0), coalesce(sum(n_stories), 0), coalesce(sum(n_appearances), 0)
FROM core.press_day WHERE published_on = :day
"""
_MOST_NAMED = """
SELECT e.entity_id, e.entity_key, e.name, d.n_articles
FROM core.entity_day AS d
JOIN core.entity AS e USING (entity_id)
WHERE d.published_on = :day
ORDER BY d.n_articles DESC, d.n_mentions DESC, e.entity_key
LIMIT :most
"""
_TRENDS = """
SELECT entity_id, entity, n, expected, lift
FROM report.entity_rising(:day, :day, :most)
"""
_BY_DAY = """
SELECT published_on, n_articles FROM core.entity_day
WHERE entity_id = :entity AND published_on BETWEEN CAST(:day AS date) - :back AND :day
"""
_COMPANIONS = """
SELECT companion, n_articles FROM report.companion(:entity, CAST(:day AS date) - :back, :day)
WHERE log_likelihood > 0
ORDER BY log_likelihood DESC, n_articles DESC, entity_key
LIMIT :most
"""
_OUTLETS = (
    "SELECT outlet, n_articles, expected, state FROM report.outlet_trend(:day, :day) ORDER BY n_articles DESC, outlet"
)
_RUNS = """
SELECT started_at, pipeline, state, n_seen, n_loaded, n_updated, n_duplicate, n_quarantined
FROM ops.run
WHERE started_at >= :start AND started_at < :end
  AND (n_loaded + n_updated + n_quarantined > 0 OR state <> 'closed')
ORDER BY started_at DESC LIMIT 50
"""
# What a run sees, many a run has seen before: only what it loaded is new, and what is held is counted once.
_LOADED = "SELECT coalesce(sum(n_loaded), 0) FROM ops.run WHERE started_at >= :start AND started_at < :end"
_QUARANTINE = """
SELECT q.reason, count(*) FROM ops.quarantine AS q
JOIN ops.run AS r USING (run_id)
WHERE q.released_at IS NULL AND r.started_at >= :start AND r.started_at < :end
GROUP BY 1 ORDER BY 2 DESC, 1
"""
_CHECKS = """
SELECT c.check_name, f.severity, f.value, f.at_most, f.n
FROM ops.quality_check AS c
CROSS JOIN LATERAL (
  SELECT r.severity, r.value, r.at_most, count(*) OVER () AS n
  FROM ops.check_result AS r
  WHERE r.check_name = c.check_name AND NOT r.is_passed AND r.checked_at >= :start AND r.checked_at < :end
  ORDER BY r.checked_at DESC, r.check_result_id DESC LIMIT 1
) AS f
ORDER BY f.severity, c.check_name
"""
_DOUBTFUL = """
SELECT d.uri, d.doubts, count(*) OVER () AS n
FROM report.doubtful_page AS d
JOIN core.page AS p USING (page_id)
JOIN ops.run AS r ON r.run_id = p.run_id
WHERE r.started_at >= :start AND r.started_at < :end
ORDER BY d.confidence, d.uri COLLATE "C"
LIMIT :most
"""

# What runs are and how they stand; what has no word here is shown as it is.
_WORDS = {
    "ingest": "استيراد",
    "reprocess": "إعادة قراءة",
    "open": "جارية",
    "closed": "أغلقت دفاترها",
    "failed": "فشلت",
}
_STATES = {"silent": "صامت", "halved": "دون النصف", "doubled": "تضاعف"}


class Chart(NamedTuple):
    """A chart with what it says in words, for those who do not see it."""

    title: str
    svg: str
    words: str
    note: str


@dataclass
class Digest:
    """All that a digest says of a day."""

    day: date
    tiles: list[tuple[str, int]]
    n_undated: int
    alarms: list[dict[str, Any]]
    watches: list[dict[str, Any]]
    problems: list[str]
    charts: list[Chart]
    outlets: list[dict[str, Any]]
    runs: Sequence[Any]
    quarantine: Sequence[Any]
    checks: Sequence[Any]
    doubtful: Sequence[Any]
    n_doubtful: int
    recipients: dict[str, set[str]] = field(default_factory=dict)  # of watches, by address: ids

    @property
    def day_text(self) -> str:
        """The day as Arabic writes it, with the weekday."""
        return day_in_words(self.day, "EEEE d MMMM y")


@dataclass(frozen=True)
class Mail:
    """A digest for one recipient; the whole of it is attached as a file."""

    recipient: str
    subject: str
    html: str
    message_id: str
    attachment: bytes
    attachment_name: str


@dataclass(frozen=True)
class Made:
    """A digest that was written: where, its page, and who is to get it."""

    uri: str
    html: str
    mails: list[Mail]


def require_begun(day: date) -> None:
    """Check that a day has come: its digest would take the hits that those of the days before are to tell.

    Raises:
        SettingError: if it has not (days are those of UTC).
    """
    if day > datetime.now(UTC).date():
        raise SettingError("that day has not come yet", where=str(day))


# Making it -----------------------------------------------------------------------------------------------------------


def make(
    engine: sa.Engine, day: date, folder: str, *, to: Iterable[str] = (), storage: Storage = default_storage
) -> Made:
    """Make the digest of a day, write it to `FOLDER/digest-DAY.html`, and note as told what it tells.

    All of it or nothing: what could not be written was not told. Made again, it tells the same hits, and shows the
    rest as it is then.

    Args:
        to: addresses that get the whole digest; recipients of watches get what these found.
    """
    uri = f"{folder.rstrip('/')}/digest-{day}.html"
    with transaction(engine) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        digest = collect(connection, day)
        page = _template("digest.html").render(d=digest)
        connection.execute(
            sa.text(
                "INSERT INTO ops.digest (digest_on, uri) VALUES (:day, :uri)"
                " ON CONFLICT (digest_on) DO UPDATE SET uri = excluded.uri, made_at = now()"
            ),
            {"day": day, "uri": uri},
        )
        _write(uri, page.encode(), storage)
    return Made(uri, page, _mails(digest, page, to))


def collect(connection: sa.Connection, day: date) -> Digest:
    """Gather what the digest of a day says, and note what watches found as told by it."""
    start = datetime.combine(day, time(), UTC)
    span = {"start": start, "end": start + timedelta(days=1)}
    if not connection.scalar(sa.text("SELECT EXISTS (SELECT FROM ops.digest WHERE digest_on = :day)"), {"day": day}):
        connection.execute(sa.text(_TELL), {"day": day, "end": span["end"]})
        connection.execute(sa.text(_TELL_ALARMS), {"day": day, "back": _ALARM_DAYS})
    alarms = connection.execute(sa.text(_ALARMS), {"day": day}).all()
    hits = connection.execute(sa.text(_HITS), {"day": day}).all()
    recipients: dict[str, set[str]] = {}
    for row in (*alarms, *hits):
        for address in filter(watches.is_address, row.recipients):
            recipients.setdefault(address, set()).add(row.watch_id)
    texts, stories, appearances = connection.execute(sa.text(_PRESS), {"day": day}).one()
    runs = connection.execute(sa.text(_RUNS), span).all()
    quarantine = [(reason, n) for reason, n in connection.execute(sa.text(_QUARANTINE), span)]
    doubtful = connection.execute(sa.text(_DOUBTFUL), {**span, "most": _MOST_ROWS}).all()
    trends = connection.execute(sa.text(_TRENDS), {"day": day, "most": _MOST_ROWS}).all()
    outlets = connection.execute(sa.text(_OUTLETS), {"day": day}).all()
    return Digest(
        day=day,
        tiles=[
            ("النصوص", texts),
            ("القصص", stories),
            ("مرات النشر", appearances),
            ("صفحات جديدة", connection.scalar(sa.text(_LOADED), span) or 0),
            ("صفحات محجوزة", sum(n for _, n in quarantine)),
            ("متابعات", len(hits) + len(alarms)),
        ],
        n_undated=connection.scalar(sa.text(_UNDATED)) or 0,
        alarms=list(_with_texts(alarms, connection.execute(sa.text(_HITS_OF_ALARMS), {"day": day}).all())),
        watches=list(_by_watch(hits)),
        problems=watches.refresh(connection),
        charts=list(_charts(connection, day, trends, outlets)),
        outlets=[
            {"outlet": o.outlet, "state": _STATES[o.state], "n_articles": o.n_articles, "expected": o.expected}
            for o in outlets
            if o.state in _STATES
        ][:20],
        runs=runs,
        quarantine=quarantine,
        checks=connection.execute(sa.text(_CHECKS), span).all(),
        doubtful=doubtful,
        n_doubtful=doubtful[0].n if doubtful else 0,
        recipients=recipients,
    )


def _with_texts(alarms: Sequence[Any], hits: Sequence[Any]) -> Iterable[dict[str, Any]]:
    """Yield the alarms with texts of their day, the one that says it most often first; one for each story."""
    for alarm in alarms:
        stories: dict[Any, Any] = {}
        for hit in hits:
            if (hit.watch_id, hit.published_on) == (alarm.watch_id, alarm.published_on):
                stories.setdefault(hit.story_id, hit)
        yield {**alarm._mapping, "hits": [_shown(hit, 0) for hit in list(stories.values())[:_MOST_OF_ALARM]]}


def _by_watch(hits: Sequence[Any]) -> Iterable[dict[str, Any]]:
    """Yield the hits by watch; texts of one story stand as one, the first of them."""
    by_watch: dict[str, list[Any]] = {}
    for hit in hits:
        by_watch.setdefault(hit.watch_id, []).append(hit)
    for watch_id, found in by_watch.items():
        stories: dict[Any, list[Any]] = {}
        for hit in found:
            stories.setdefault(hit.story_id, []).append(hit)
        shown = list(stories.values())[:_MOST_HITS]
        yield {
            "watch_id": watch_id,
            "name": found[0].name,
            "n": len(found),
            "n_more": len(found) - sum(map(len, shown)),
            "hits": [_shown(same[0], len(same) - 1) for same in shown],
        }


def _shown(hit: Any, n_same: int) -> dict[str, Any]:
    start = hit.start_offset - (hit.sentence_start or 0)
    end = start + len(hit.surface)
    # The words were copied when it was found; where the article has changed since, the offsets are not theirs.
    if hit.sentence[start:end] != hit.surface:
        start = max(hit.sentence.find(hit.surface), 0)
        end = start + (len(hit.surface) if hit.surface in hit.sentence else 0)
    return {
        "headline": hit.headline,
        "published_on": hit.published_on,
        "outlets": hit.outlets,
        "sentence": hit.sentence,
        "before": hit.sentence[:start],
        "fired": hit.sentence[start:end],
        "after": hit.sentence[end:],
        "n_same": n_same,
    }


def _charts(connection: sa.Connection, day: date, trends: Sequence[Any], outlets: Sequence[Any]) -> Iterable[Chart]:
    from rasd.publishing import charts

    days = [day - timedelta(n) for n in range(_TREND_DAYS - 1, -1, -1)]
    most_named = connection.execute(sa.text(_MOST_NAMED), {"day": day, "most": _MOST_ROWS}).all()
    # Where nothing is out of the ordinary, the lines are those of the most named.
    rising = [(t.entity_id, t.entity) for t in trends[:5]] or [(e.entity_id, e.name) for e in most_named[:5]]
    if rising:
        rows = []
        for entity, name in rising:
            found = connection.execute(sa.text(_BY_DAY), {"entity": entity, "day": day, "back": _TREND_DAYS - 1})
            counts = {d: n for d, n in found}  # noqa: C416 -- a row is no pair to mypy
            rows.append((name, [counts.get(d, 0) for d in days]))
        note = (
            "النصوص في كل يوم؛ الأسماء التي زاد ذكرها فوق ما تفسره المصادفة."
            if trends
            else "النصوص في كل يوم؛ لا شيء خرج عن المعتاد."
        )
        words = "، ".join(f"{name} {values[-1]}" for name, values in rows)
        yield Chart("الاتجاهات في ثلاثين يوما", charts.lines(days, rows), words, note)
    if most_named:
        bars = [(e.name, e.n_articles) for e in most_named]
        yield Chart("الأكثر ذكرا", charts.bars(bars), _in_words(bars), "عدد النصوص التي تذكر كل اسم في هذا اليوم.")
        entity = trends[0].entity_id if trends else most_named[0].entity_id
        name = trends[0].entity if trends else most_named[0].name
        key = connection.scalar(sa.text("SELECT entity_key FROM core.entity WHERE entity_id = :id"), {"id": entity})
        companions = connection.execute(
            sa.text(_COMPANIONS), {"entity": key, "day": day, "back": _TREND_DAYS - 1, "most": _MOST_ROWS}
        ).all()
        if companions:
            bars = [(c.companion, c.n_articles) for c in companions]
            title = f"من يُذكر مع {name}"
            yield Chart(title, charts.bars(bars), _in_words(bars), "نصوص ثلاثين يوما تذكر الاثنين، الأوثق صلة أولا.")
    published = [o for o in outlets if o.n_articles][:_MOST_ROWS]
    if published:
        bars = [(o.outlet, o.n_articles) for o in published]
        drawn = charts.bars(bars, usual=[o.expected for o in published])
        yield Chart("المصادر", drawn, _in_words(bars), "نصوص هذا اليوم؛ والخط القائم هو المعتاد في مثله.")


def _in_words(rows: Sequence[tuple[str, int]]) -> str:
    return "، ".join(f"{name} {n}" for name, n in rows)


def _write(uri: str, content: bytes, storage: Storage) -> None:
    """Write a file whole: in a folder beside and renamed, in an object store at once."""
    fs, path = storage(uri)
    protocols = fs.protocol if isinstance(fs.protocol, tuple) else (fs.protocol,)
    if "file" in protocols:
        target = Path(path)
        beside = target.with_name(f".{target.name}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(target)
        except OSError as error:
            raise TransientError(
                f"the digest cannot be written: {error.strerror}",
                where=str(target),
                do="Make room, or give the user that runs Rasd the right to write there; else name another place in"
                " RASD_DIGEST.",
            ) from error
    else:
        fs.pipe_file(path, content)


# Sending it ----------------------------------------------------------------------------------------------------------


def _mails(digest: Digest, page: str, to: Iterable[str]) -> list[Mail]:
    everyone = dict.fromkeys(to)
    mails = []
    for recipient in sorted({*everyone, *digest.recipients}):
        own = None if recipient in everyone else digest.recipients[recipient]
        alarms = [a for a in digest.alarms if own is None or a["watch_id"] in own]
        found = [w for w in digest.watches if own is None or w["watch_id"] in own]
        digits = hashlib.sha256(f"{digest.day} {recipient}".encode()).hexdigest()[:24]
        mails.append(
            Mail(
                recipient,
                f"الرصد اليومي، {digest.day_text}",
                _template("mail.html").render(d=digest, alarms=alarms, watches=found),
                # The same for every attempt: where a mail was taken and that could not be noted, servers see it twice.
                f"<digest-{digest.day}.{digits}@rasd>",
                page.encode(),
                f"digest-{digest.day}.html",
            )
        )
    return mails


class MailRefusedError(TransientError):
    """The mail server did not take the mail of one recipient; the others can have theirs."""


def send(engine: sa.Engine, day: date, mails: Sequence[Mail], deliver: Callable[[Mail], None]) -> int:
    """Deliver the mails that were not sent yet and return how many those were; each is noted as soon as it is taken.

    Raises:
        MailRefusedError: if `deliver` did for some recipients; everybody else has got theirs.
    """
    sent = 0
    refused = []
    for mail in mails:
        try:
            with transaction(engine) as connection:
                # Whoever sends the same one waits here for the outcome.
                is_new = connection.execute(
                    sa.text(
                        "INSERT INTO ops.digest_mail (digest_on, recipient) VALUES (:day, :recipient)"
                        " ON CONFLICT DO NOTHING"
                    ),
                    {"day": day, "recipient": mail.recipient},
                ).rowcount
                if is_new:
                    deliver(mail)
                    sent += 1
        except MailRefusedError as error:
            refused.append(error)
    if refused:
        raise MailRefusedError("; ".join(map(str, refused)), do="Correct the address in the watch or RASD_DIGEST_TO.")
    return sent


# Words ---------------------------------------------------------------------------------------------------------------


def day_in_words(day: date, pattern: str = "d MMMM y") -> str:
    """Return a day as Arabic writes it, in the digits that the rest of the digest has."""
    from babel.dates import format_date

    return str(format_date(day, pattern, locale="ar")).translate(_DIGITS)


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@cache
def _template(name: str) -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["number"] = lambda n: f"{n:,}"
    environment.filters["decimal"] = lambda n: "" if n is None else f"{n:,.1f}".removesuffix(".0")
    environment.filters["word"] = lambda text: _WORDS.get(text, text)
    environment.filters["decimal3"] = lambda n: f"{n:,.3f}".rstrip("0").rstrip(".")
    environment.filters["day"] = day_in_words
    environment.filters["arabic"] = sayings.in_arabic
    return environment.from_string((Path(__file__).parent / name).read_text(encoding="utf-8"))
