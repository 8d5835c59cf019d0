"""Watches: what the desk wants to hear about, found in every batch when it is published, each hit told once.

A watch is a row of `core.watch`, kept by `seeds/watches.csv` or by whoever writes SQL. Publishing looks through the
articles that have changed, and through nothing else; what it finds are rows of `ops.watch_hit`, with the sentence and
the spelling that fired. A digest tells them (`told_on`), and no rerun or reprocessing makes them untold. A watch that
cannot be asked says why in its row and stops nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args
from uuid import UUID

import sqlalchemy as sa

from rasd import resources
from rasd.arabic.search import keys, words
from rasd.errors import SettingError
from rasd.references import lines
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["entity", "phrase", "query", "outlet"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_FIELDS = ("watch_id", "name", "kind", "subject", "at_least", "times_usual", "recipients", "note")
_ID = re.compile(r"[\w-]{1,60}", re.ASCII)
_ADDRESS = re.compile(r"[^@\s|,]+@[^@\s|,]+")
# How many texts a trial looks at.
_MOST_TRIED = 500


@dataclass(frozen=True, slots=True)
class Watch:
    """A row of `core.watch`; its comments say what each column means."""

    watch_id: str
    name: str
    kind: str
    subject: str
    at_least: int | None = None
    times_usual: float | None = None
    recipients: tuple[str, ...] = ()
    note: str | None = None


class Hit(NamedTuple):
    """What a watch found in an article: a row of `ops.watch_hit` without its history."""

    watch_id: str
    article_id: UUID
    page_id: UUID
    published_on: date | None
    headline: str | None
    part: str
    sentence_no: int
    sentence: str
    start_offset: int
    end_offset: int
    surface: str
    n_matches: int


class Trial(NamedTuple):
    """What a watch would have found: the days with their texts, the newest hits, and what is wrong with it."""

    days: list[tuple[date, int]]
    hits: list[Hit]
    problem: str | None


# The file ------------------------------------------------------------------------------------------------------------


def read_file(path: Path | None = None) -> tuple[list[Watch], list[str]]:
    """Return the watches of `seeds/watches.csv`, and what is wrong with the rows that are left out."""
    path = path or resources.seeds() / "watches.csv"
    try:
        numbered = lines(path)
    except SettingError as error:
        return [], [str(error)]
    if not numbered or tuple(next(csv.reader([numbered[0][1]]))) != _FIELDS:
        return [], [f"{path.name}: the first line is not {','.join(_FIELDS)}"]
    found: dict[str, Watch] = {}
    problems = []
    for n, line in numbered[1:]:
        try:
            watch = _parsed(next(csv.reader([line])))
            if watch.watch_id in found:
                raise ValueError(f"{watch.watch_id} stands twice; the first one counts")
            found[watch.watch_id] = watch
        except (ValueError, csv.Error) as error:
            problems.append(f"{path.name}, line {n}: {error}")
    return list(found.values()), problems


def _parsed(values: Sequence[str]) -> Watch:
    if len(values) != len(_FIELDS):
        raise ValueError(f"it has {len(values)} fields instead of {len(_FIELDS)}")
    row = {name: value.strip() for name, value in zip(_FIELDS, values, strict=True)}
    return checked(
        Watch(
            row["watch_id"],
            row["name"] or row["subject"],
            row["kind"],
            row["subject"],
            _number(row["at_least"], int, "at_least"),
            _number(row["times_usual"], float, "times_usual"),
            tuple(a.strip() for a in row["recipients"].split("|") if a.strip()),
            row["note"] or None,
        )
    )


def _number(text: str, kind: type[Any], name: str) -> Any:
    try:
        return kind(text) if text else None
    except ValueError:
        raise ValueError(f"{name} is no number: {text}") from None


def checked(watch: Watch) -> Watch:
    """Return the watch if it can be written down.

    Raises:
        ValueError: saying what is wrong with it.
    """
    if not _ID.fullmatch(watch.watch_id):
        raise ValueError(f"the id {watch.watch_id!r} is not made of letters, digits, - and _")
    if watch.kind not in KINDS:
        raise ValueError(f"the kind {watch.kind!r} is none of {', '.join(KINDS)}")
    if not watch.subject:
        raise ValueError(f"{watch.watch_id} has no subject")
    for address in watch.recipients:
        if not is_address(address):
            raise ValueError(f"{address!r} is no mail address")
    return watch


def is_address(text: str) -> bool:
    """Say whether this can be a mail address."""
    return _ADDRESS.fullmatch(text) is not None


# Keeping them --------------------------------------------------------------------------------------------------------


def refresh(connection: sa.Connection) -> list[str]:
    """Bring `core.watch` up to date with the file, look at every watch, and return what is wrong, in words."""
    found, problems = read_file()
    staging = Staging(connection, "core.watch")
    staging.copy("core.watch", ({**asdict(w), "origin": "seeds"} for w in found))
    staging.merge("core.watch")
    look(connection)
    rows = connection.execute(
        sa.text("SELECT watch_id, problem FROM core.watch WHERE is_active AND problem IS NOT NULL ORDER BY watch_id")
    )
    wrong = [f"watch {watch_id}: {problem}" for watch_id, problem in rows]
    written_to = connection.execute(
        sa.text("SELECT watch_id, unnest(recipients) FROM core.watch WHERE is_active ORDER BY watch_id")
    )
    nobody = [f"watch {watch_id}: {to!r} is no mail address" for watch_id, to in written_to if not is_address(to or "")]
    return [*problems, *wrong, *nobody]


def look(connection: sa.Connection) -> None:
    """Note with every watch what is wrong with it now: what it names may have come with the last batch."""
    connection.exec_driver_sql(_statement("problem"))


def add(connection: sa.Connection, watch: Watch) -> str | None:
    """Write a watch down, or write it anew, as its writer's own; return what is wrong with it, where anything is.

    Raises:
        SettingError: if it cannot be written at all, or the file keeps a watch of this id.
    """
    try:
        checked(watch)
    except ValueError as error:
        raise SettingError(str(error), where=watch.watch_id) from error
    written = connection.execute(
        sa.text(
            """
            INSERT INTO core.watch AS t (watch_id, name, kind, subject, at_least, times_usual, recipients, note)
            VALUES (:watch_id, :name, :kind, :subject, :at_least, :times_usual, :recipients, :note)
            ON CONFLICT (watch_id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
              subject = excluded.subject, at_least = excluded.at_least, times_usual = excluded.times_usual,
              recipients = excluded.recipients, note = excluded.note, is_active = true
            WHERE t.origin = 'sql'
            """
        ),
        {**asdict(watch), "recipients": list(watch.recipients)},
    )
    if not written.rowcount:
        raise SettingError("seeds/watches.csv keeps a watch of this id", where=watch.watch_id, do="Change it there.")
    look(connection)
    problem: str | None = connection.scalar(
        sa.text("SELECT problem FROM core.watch WHERE watch_id = :id"), {"id": watch.watch_id}
    )
    return problem


def stop(connection: sa.Connection, watch_id: str) -> None:
    """Ask a watch no more; what it found stays.

    Raises:
        SettingError: if there is none of that id that is not kept by the file.
    """
    stopped = connection.execute(
        sa.text("UPDATE core.watch SET is_active = false WHERE watch_id = :id AND origin = 'sql'"), {"id": watch_id}
    )
    if not stopped.rowcount:
        raise SettingError("no such watch, or seeds/watches.csv keeps it", where=watch_id)


# Asking them ---------------------------------------------------------------------------------------------------------


def evaluate(connection: sa.Connection, article_ids: Sequence[UUID]) -> None:
    """Find what all watches find in these articles; the caller publishes them, and is alone in that.

    Costs nothing where there is no watch, and otherwise what the articles cost, whatever the warehouse holds.
    """
    if not connection.scalar(sa.text("SELECT EXISTS (SELECT FROM core.watch WHERE is_active)")):
        return
    _consider(connection, article_ids)
    connection.exec_driver_sql("INSERT INTO watched SELECT watch_id, kind, subject FROM core.watch WHERE is_active")
    staging = Staging(connection, "ops.watch_hit")
    _find(connection, staging)
    staging.merge("ops.watch_hit")


def trial(
    connection: sa.Connection, kind: str, subject: str, *, since: date | None = None, until: date | None = None
) -> Trial:
    """Return what a watch would have found, from `since` until `until`: the newest 30 days unless told.

    It leaves nothing behind.
    """
    until = until or connection.scalar(sa.text("SELECT max(published_on) FROM core.press_day")) or date.today()
    since = since or until - timedelta(days=29)
    try:
        checked(Watch("trial", subject, kind, subject))
    except ValueError as error:
        return Trial([], [], str(error))
    asked = {"kind": kind, "subject": subject, "since": since, "until": until, "most": _MOST_TRIED}
    problem = connection.scalar(sa.text("SELECT report.watch_problem(:kind, :subject)"), asked)
    found = connection.execute(
        sa.text("SELECT published_on, n_articles FROM report.watch_trial_day(:kind, :subject, :since, :until)"), asked
    )
    days = [(day, n) for day, n in found]
    # Where the words that fired stand, the library works out as it does for every hit; its tables are gone afterwards.
    with connection.begin_nested() as trying:
        chosen = connection.scalars(
            sa.text("SELECT article_id FROM report.watch_trial(:kind, :subject, :since, :until, :most)"), asked
        ).all()
        _consider(connection, chosen)
        connection.execute(sa.text("INSERT INTO watched VALUES ('<trial>', :kind, :subject)"), asked)
        _find(connection, Staging(connection, "ops.watch_hit"))
        hits = [
            Hit(*row)
            for row in connection.execute(
                sa.text(
                    f"SELECT {', '.join(Hit._fields)} FROM stage_watch_hit"
                    " ORDER BY published_on DESC NULLS LAST, article_id"
                )
            )
        ]
        trying.rollback()
    return Trial(days, hits, problem)


def _consider(connection: sa.Connection, article_ids: Sequence[UUID]) -> None:
    connection.exec_driver_sql("CREATE TEMPORARY TABLE considered (article_id uuid PRIMARY KEY) ON COMMIT DROP")
    connection.exec_driver_sql("CREATE TEMPORARY TABLE watched (watch_id text, kind text, subject text) ON COMMIT DROP")
    connection.execute(
        sa.text("INSERT INTO considered SELECT DISTINCT unnest(CAST(:ids AS uuid[]))"), {"ids": list(article_ids)}
    )
    connection.exec_driver_sql("ANALYZE considered")


def _find(connection: sa.Connection, staging: Staging) -> None:
    """Stage what the watches in `watched` find in the articles in `considered`."""
    connection.exec_driver_sql(_statement("entity"))
    connection.exec_driver_sql(_statement("outlet"))
    texts = connection.exec_driver_sql(_statement("text"))
    staging.copy("ops.watch_hit", (hit._asdict() for hit in _placed(texts)))


def _placed(texts: Iterable[Any]) -> Iterator[Hit]:
    """Yield hits with the place of the longest run of words that a search looks for: in the body, unless the headline's
    is longer."""
    for watch_id, kind, article_id, page_id, published_on, headline, body, exact, prefixes, sentences in texts:
        parts = {"body": body, "headline": headline or ""}
        runs = {p: _runs(text, frozenset(exact), tuple(prefixes)) for p, text in parts.items()}
        part = max(parts, key=lambda p: max((n for _, _, n in runs[p]), default=0))
        text = parts[part]
        start, end, longest = max(runs[part], key=lambda run: (run[2], -run[0]), default=(0, 0, 0))
        # Words of a phrase that stand alone are not the phrase.
        n_matches = sum(n == longest or kind != "phrase" for found in runs.values() for _, _, n in found)
        number, (first, last) = next(
            ((n, s) for n, s in enumerate(sentences, 1) if part == "body" and s[0] <= start < s[1]), (0, (0, len(text)))
        )
        yield Hit(
            watch_id, article_id, page_id, published_on, headline, part, number, text[first:last], start, end,
            text[start:end], n_matches,
        )  # fmt: skip


def _runs(text: str, exact: frozenset[str], prefixes: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Return where words that are looked for stand side by side: start, end, and how many different ones they are."""
    runs: list[tuple[int, int, int]] = []
    found: set[str] = set()
    is_open = False
    for word in words(text):
        met = {k for k in keys(word.text) if k in exact or (prefixes and k.startswith(prefixes))}
        if met and is_open and not met & found:
            found |= met
            runs[-1] = (runs[-1][0], word.end, len(found))
        elif met:
            found = set(met)
            runs.append((word.start, word.end, len(found)))
        is_open = bool(met)
    return runs


@cache
def _statement(name: str) -> str:
    return (resources.sql() / "watch" / f"{name}.sql").read_text(encoding="utf-8").replace("%", "%%")
