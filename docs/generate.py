"""Write the generated docs, or check with `--check` that they are what the code says.

`warehouse.md` comes from the comments in `rasd.warehouse.schema` and `sql/report`, with the example questions;
`dags.md` from the docstrings of the DAG files; `commands.md` from the command line's own help; `reasons.md` from
`rasd.landing.reasons`.
"""

from __future__ import annotations

import ast
import difflib
import os
import re
import sys
from pathlib import Path

from sqlalchemy.dialects import postgresql

from rasd import resources
from rasd.landing.reasons import REASONS
from rasd.warehouse import schema

HERE = Path(__file__).resolve().parent
# What the command line's help looks at: the same page everywhere, whoever prints it. Typer reads some of it on import.
_TERMINAL = {
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "TYPER_USE_RICH": "0",
    "USER": "you",
    "LOGNAME": "you",
}
_NOTE = "<!-- Written by `make docs`; change the source it names, not this file. -->\n"


def warehouse() -> str:
    """Return the reference of the warehouse."""
    parts = [
        "# The warehouse\n",
        _NOTE,
        "\nFour schemas, one direction: `raw` (what was delivered), `core` (what was understood), `report` (what",
        "analysts read), `ops` (runs, outcomes, quarantine). Offsets count characters from 0, end exclusive:",
        "`substr(text, start_offset + 1, end_offset - start_offset)`.\n",
    ]
    for layer in ("raw", "core", "ops"):
        parts += [f"\n## {layer}\n"]
        tables = sorted((t for t in schema.metadata.tables.values() if t.schema == layer), key=lambda t: t.name)
        for table in tables:
            parts.append(f"\n### {layer}.{table.name}\n\n{table.comment}\n")
            parts.append("| column | type | meaning |\n| --- | --- | --- |")
            for column in table.columns:
                marks = ["key"] if column.primary_key else []
                marks += [f"→ `{key.target_fullname.rsplit('.', 1)[0]}`" for key in column.foreign_keys]
                marks += [f"→ `{column.info['parent']}`"] if "parent" in column.info else []
                marks += ["may be empty"] if column.nullable else []
                note = f" ({', '.join(marks)})" if marks else ""
                kind = str(column.type.compile(dialect=postgresql.dialect())).lower()  # type: ignore[no-untyped-call]
                parts.append(f"| `{column.name}` | {kind} | {column.comment}{note} |")
    parts.append("\n## report\n\nViews, and functions with their arguments; made again whenever their text changes.\n")
    for path in sorted((resources.sql() / "report").glob("*.sql")):
        parts += _report(path.read_text(encoding="utf-8"))
    parts += [
        "\n## Questions\n\nEach of these is run by a test; `make sql` takes them as they are.",
        "[What the sample inbox answers](answers.md).\n",
    ]
    for path in sorted((resources.sql() / "examples").glob("*.sql")):
        question, _, query = path.read_text(encoding="utf-8").partition("\n")
        parts.append(f"{question.removeprefix('-- ')}\n\n```sql\n{query.strip()}\n```\n")
    return "\n".join(parts).rstrip() + "\n"


def _report(text: str) -> list[str]:
    """Return what the comments in a file of `sql/report` say of its view or function, and of the columns."""
    comment = re.search(r"COMMENT ON (?:VIEW|FUNCTION) report\.(\w+) IS\s+'((?:[^']|'')*)'", text)
    assert comment, f"no comment: {text[:80]}"
    arguments = re.search(r"CREATE FUNCTION \S+?\((.*?)\)\s*(?:RETURNS|LANGUAGE)", text, re.DOTALL)
    shown = f"({' '.join(arguments[1].split())})" if arguments else ""
    lines = [f"- `report.{comment[1]}{shown}`: {_said(comment[2])}"]
    lines += [
        f"  - `{name}`: {_said(said)}"
        for name, said in re.findall(r"COMMENT ON COLUMN report\.\w+\.(\w+) IS\s+'((?:[^']|'')*)'", text)
    ]
    return lines


def _said(literal: str) -> str:
    return " ".join(literal.replace("''", "'").split())


def dags() -> str:
    """Return the descriptions of all DAGs."""
    parts = ["# The DAGs\n", _NOTE]
    for path in sorted((HERE.parent / "dags").glob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(n, ast.FunctionDef) and n.name == path.stem for n in module.body):
            title, _, text = (ast.get_docstring(module) or "").partition("\n")
            parts.append(f"\n## {path.stem}: {title.removeprefix('### ')}\n{text}")
    return "\n".join(parts).rstrip() + "\n"


def commands() -> str:
    """Return the help of every command."""
    helps = (
        f"\n{'###' if words else '##'} {' '.join(['rasd', *words])}\n\n```\n{_help(words)}\n```"
        for words in ([], *_commands([]))
    )
    parts = ["# The command line\n", _NOTE, *helps]
    return "\n".join(parts).rstrip() + "\n"


def _commands(group: list[str]) -> list[list[str]]:
    import typer.main
    from typer.core import TyperGroup

    from rasd.cli.app import app

    command = typer.main.get_command(app)
    for word in group:
        assert isinstance(command, TyperGroup)
        command = command.commands[word]
    if not isinstance(command, TyperGroup):
        return []
    found: list[list[str]] = []
    for name in command.commands:
        found += [[*group, name], *_commands([*group, name])]
    return found


def _help(words: list[str]) -> str:
    from typer.testing import CliRunner

    from rasd.cli.app import app

    shown = CliRunner().invoke(app, [*words, "--help"], prog_name="rasd", catch_exceptions=False).output
    return "\n".join(line.rstrip() for line in shown.strip().splitlines())


def reasons() -> str:
    """Return why pages and files are refused or passed over."""
    parts = ["# Reason words\n", _NOTE, "\n| word | what is wrong | what to do |\n| --- | --- | --- |"]
    parts += [f"| `{word}` | {reason.what} | {reason.do or ''} |" for word, reason in REASONS.items()]
    return "\n".join(parts) + "\n"


def main() -> int:
    """Write or check all of them; return 1 where one is not up to date."""
    os.environ.update(_TERMINAL)
    stale = 0
    for name, make in (
        ("warehouse.md", warehouse),
        ("dags.md", dags),
        ("commands.md", commands),
        ("reasons.md", reasons),
    ):
        path = HERE / name
        text = make()
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif there != text:
            stale = 1
            print(
                "".join(
                    difflib.unified_diff(
                        there.splitlines(True), text.splitlines(True), f"docs/{name}", "as the code says", n=1
                    )
                )
            )
            print(f"docs/{name} is not up to date: run `make docs`.")
    return stale


if __name__ == "__main__":
    sys.exit(main())
