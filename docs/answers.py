"""Write `answers.md`: every question of `sql/examples` with what the sample inbox answers; with `--check`, compare it.

`make docs` writes it and `make check` compares it. It takes the whole pipeline and some seconds, so `docs/generate.py`,
which needs neither Postgres nor a model, does without it.
"""

from __future__ import annotations

import difflib
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rasd import resources
from rasd.annotating import load_recogniser
from rasd.pipeline import checking
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.warehouse import migrate
from rasd.warehouse.embedded import EmbeddedPostgres
from rasd.warehouse.engine import connect

HERE = Path(__file__).resolve().parent
_LONGEST = 90


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return "…"  # when it was asked
    if isinstance(value, list):
        value = "، ".join(map(str, value))
    text = " ".join(str(value).split()).replace("|", "\\|").replace(f"{resources.seeds().resolve().parent}/", "")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _row(values: Any) -> str:
    return f"| {' | '.join(map(_shown, values))} |"


def answers(connection: sa.Connection) -> str:
    """Return the page, asked of the warehouse that `connection` leads to."""
    parts = [
        "# What the sample inbox answers\n",
        "<!-- Written by `make docs`. -->\n",
        "The questions of `sql/examples`, asked of the 19 pages of `seeds/inbox`.\n",
    ]
    for path in sorted((resources.sql() / "examples").glob("*.sql")):
        question, _, query = path.read_text(encoding="utf-8").partition("\n")
        found = connection.exec_driver_sql(query.replace("%", "%%"))
        names = list(found.keys())
        rows = found.all()
        parts.append(f"\n## {question.removeprefix('-- ')}\n\n```sql\n{query.strip()}\n```\n")
        if rows:
            parts += [_row(names), _row("---" for _ in names), *map(_row, rows)]
        else:
            parts.append("Nothing.")
    return "\n".join(parts).rstrip() + "\n"


def asked() -> str:
    """Return the page, asked of a warehouse that is made for it."""
    with tempfile.TemporaryDirectory() as home, EmbeddedPostgres(Path(home), durable=False) as server:
        migrate.create_database(server.dsn("answers"))
        engine = connect(server.dsn("answers"))
        migrate.migrate(engine)
        inbox = resources.seeds() / "inbox"
        books = ingest(engine, IngestOptions(str(inbox), settle_seconds=0), load_recogniser("default"))
        checking.check(engine, books.run_id)
        with engine.connect() as connection:
            page = answers(connection)
        engine.dispose()
    return page


def main() -> int:
    """Write the page, or compare it; return 1 where it says something else."""
    path = HERE / "answers.md"
    page = asked()
    if "--check" not in sys.argv:
        path.write_text(page, encoding="utf-8")
        return 0
    there = path.read_text(encoding="utf-8")
    print("".join(difflib.unified_diff(there.splitlines(True), page.splitlines(True), "docs/answers.md", "asked", n=1)))
    if there != page:
        print("docs/answers.md is not up to date: run `make docs`.")
    return int(there != page)


if __name__ == "__main__":
    sys.exit(main())
