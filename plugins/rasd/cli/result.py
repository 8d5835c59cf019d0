"""What a run shows a person: where it is while it works, and its result."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import sqlalchemy as sa
from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from rasd.errors import TransientError
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    from uuid import UUID

    from rasd.pipeline.runs import Books

# Where the output is no terminal nothing says how wide it is; 80 columns would squeeze the tables.
console = Console() if sys.stdout.isatty() else Console(width=120)

# Each stands in sql/examples as well, where a test runs it.
_PASTE = (
    "SELECT outlet, published_on, n_articles FROM report.outlet_day ORDER BY n_articles DESC, outlet LIMIT 10;",
    "SELECT entity_type, name, n_articles, names FROM report.entity ORDER BY n_articles DESC, name LIMIT 10;",
    "SELECT kind, rule, left(text, 60) AS text FROM report.page_segment ORDER BY page_id, segment_no LIMIT 20;",
)
_NEXT = (
    ("make run INBOX=/your/pages", "your own pages: a folder, a glob or an object store"),
    ("make up", "scheduler and UI, ingest every 15 minutes"),
    (".venv/bin/rasd inspect FILE", "how one page is read, and why"),
    ("docs/warehouse.md, docs/operations.md", "all tables and questions; what to do when"),
)
_FIRST_STRONG, _POP = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Return the text so that its direction does not disturb what stands beside it (Unicode isolates, UAX 9)."""
    return f"{_FIRST_STRONG}{text}{_POP}"


class Watcher:
    """Tells on one line how far the newest run of the warehouse has come."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._status = Status("Airflow is starting", console=console)
        self._last = ""
        with transaction(engine) as connection:
            self._before = connection.scalar(sa.text("SELECT run_id FROM ops.run ORDER BY run_id DESC LIMIT 1"))
        self.run_id: UUID | None = None

    def __enter__(self) -> Watcher:
        self._status.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.__exit__(None, None, None)

    def look(self) -> None:
        """Look at the warehouse and renew the line."""
        with suppress(TransientError), transaction(self._engine) as connection:
            newest = connection.scalar(
                sa.text("SELECT run_id FROM ops.run WHERE pipeline = 'ingest' ORDER BY run_id DESC LIMIT 1")
            )
            if newest in (None, self._before):
                return
            self.run_id = newest
            seen, read, annotated = connection.execute(
                sa.text(
                    """
                    SELECT count(*), count(p.page_id), count(*) FILTER (WHERE p.page_id IS NOT NULL AND NOT EXISTS (
                      SELECT FROM core.appearance AS a LEFT JOIN core.annotation AS n USING (article_id)
                      WHERE a.page_id = o.page_id AND n.article_id IS NULL))
                    FROM ops.outcome AS o LEFT JOIN core.page AS p USING (page_id)
                    WHERE o.run_id = :run_id
                    """
                ),
                {"run_id": newest},
            ).one()
            line = f"{seen} pages landed, {read} read, {annotated} annotated"
            if line != self._last:
                self._status.update(line)
                if not console.is_terminal:
                    console.print(f"      {line}", highlight=False)
                self._last = line


def show(engine: sa.Engine, books: Books) -> None:
    """Print the books of a run, the articles and entities of the warehouse, queries to paste, and where to go next."""
    _show_books(books)
    with transaction(engine) as connection:
        if books.quarantined:
            _show_quarantined(connection, books.run_id, books.quarantined)
        _show_articles(connection)
        _show_entities(connection)
    console.print("\n[bold]Ask it[/]  (make sql opens the warehouse; paste any of these)")
    for query in _PASTE:
        console.print(f"  {query}", highlight=False, soft_wrap=True)
    console.print("\n[bold]Next[/]")
    for command, what in _NEXT:
        console.print(f"  {command:<38}{what}", highlight=False, soft_wrap=True)


def _show_books(books: Books) -> None:
    table = Table(title="The books of this run", title_justify="left", title_style="bold")
    for name in ("seen", "=", "loaded", "+ updated", "+ duplicate", "+ quarantined"):
        table.add_column(name, justify="right")
    table.add_row(
        str(books.seen), "", str(books.loaded), str(books.updated), str(books.duplicate), str(books.quarantined)
    )
    console.print()
    console.print(table)
    if books.waiting:
        console.print(f"{books.waiting} files are still being written; the next run takes them.")
    if not books.loaded + books.updated:
        console.print("Nothing was new: this run changed nothing.", style="green")


def _show_quarantined(connection: sa.Connection, run_id: UUID, of: int) -> None:
    rows = connection.execute(
        sa.text(
            """
            SELECT q.reason, q.detail, o.uri, o.member, left(q.quarantine_id::text, 8)
            FROM ops.outcome AS o
            JOIN ops.quarantine AS q
              ON q.quarantine_id = coalesce(o.page_id, md5(o.uri || E'\\n' || o.member)::uuid)
            WHERE o.run_id = :run_id AND o.outcome = 'quarantined'
            ORDER BY o.source_no, o.page_no LIMIT 10
            """
        ),
        {"run_id": run_id},
    ).all()
    for reason, detail, uri, member, identifier in rows:
        name = uri.rsplit("/", 1)[-1] + (f" {member}" if member else "")
        console.print(f"  quarantined: {name}: {detail} ({reason}; rasd quarantine show {identifier})", soft_wrap=True)
    if of > len(rows):
        console.print(f"  … and {of - len(rows)} more: rasd quarantine list", highlight=False)


def _show_articles(connection: sa.Connection) -> None:
    rows = connection.execute(
        sa.text(
            """
            SELECT article_id, headline, outlet, published_on, role, n_words
            FROM (
              SELECT DISTINCT ON (article_id) article_id, headline, outlet, published_on, role, n_words
              FROM report.page_appearance ORDER BY article_id, role, published_on, page_id
            ) AS once
            ORDER BY published_on DESC NULLS LAST, headline LIMIT 12
            """
        )
    ).all()
    total = connection.scalar(sa.text("SELECT count(*) FROM core.article"))
    table = Table(title=f"Articles ({total} in the warehouse)", title_justify="left", title_style="bold")
    table.add_column("published", no_wrap=True, min_width=10)
    table.add_column("outlet", overflow="ellipsis", no_wrap=True, min_width=14, max_width=24)
    table.add_column("role", no_wrap=True, min_width=7)
    table.add_column("words", justify="right", no_wrap=True)
    table.add_column("headline", overflow="ellipsis", no_wrap=True, max_width=64)
    for _, headline, outlet, published_on, role, n_words in rows:
        table.add_row(
            str(published_on or "undated"),
            Text(isolated(outlet or "")),
            role,
            str(n_words),
            Text(isolated(headline or "")),
        )
    console.print(table)


def _show_entities(connection: sa.Connection) -> None:
    rows = connection.execute(
        sa.text(
            "SELECT entity_type, name, n_articles, n_mentions, names FROM report.entity"
            ' WHERE n_mentions > 0 ORDER BY n_articles DESC, n_mentions DESC, name COLLATE "C" LIMIT 10'
        )
    ).all()
    table = Table(title="Most named", title_justify="left", title_style="bold")
    for name, justify in (("type", "left"), ("name", "left"), ("articles", "right"), ("mentions", "right")):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    table.add_column("spellings", overflow="ellipsis", no_wrap=True, max_width=56)
    for kind, name, n_articles, n_mentions, names in rows:
        spellings = "، ".join(n for n in names or () if n != name)
        table.add_row(kind, Text(isolated(name)), str(n_articles), str(n_mentions), Text(isolated(spellings)))
    console.print(table)
