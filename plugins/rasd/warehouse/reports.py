"""The views and functions of `report`, what they look up, and the checks: made from `sql/` whenever that has changed.

A file may name constants of the library in double braces (`{{word}}`), so that what Python and Postgres both do to a
text is written once.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import sqlalchemy as sa

from rasd import resources
from rasd.arabic import clitics, search
from rasd.errors import SettingError
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONSTANTS = {
    "word": search.WORD,
    "word_letters": search.WORD_LETTERS,
    "conjunctions": clitics.CONJUNCTIONS,
    "prepositions": clitics.PREPOSITIONS,
    "future": clitics.FUTURE,
    "imperfect": search.IMPERFECT,
    "least_stem": str(search.LEAST_STEM),
    "longest_key": str(search.LONGEST_KEY),
    "body_at": str(search.BODY_AT),
    # Nobody asks for more, and Postgres's stack bears this much.
    "longest_query": "1000",
    "deepest_query": "20",
    # About 20 µs each: most of what a phrase of everyday words may cost.
    "phrase_budget": "1500",
}
_CHECK = re.compile(
    r"(?P<question>(?:-- .*\n)+?)-- severity: (?P<severity>error|warning), at most: (?P<at_most>[\d.]+)\n"
)
# Functions and views name each other: what names one that is not there yet waits for the next round.
_NOT_THERE_YET = ("42P01", "42883", "42704")


def statements() -> list[str]:
    """Return the text of every file in `sql/report`, with the constants put in."""
    files = sorted((resources.sql() / "report").glob("*.sql"))
    return [
        re.sub(r"\{\{(\w+)\}\}", lambda found: _CONSTANTS[found[1]], path.read_text(encoding="utf-8")) for path in files
    ]


def checks() -> list[dict[str, object]]:
    """Return the checks of `sql/checks`: a question, how grave it is and how much is well, then what is asked.

    Raises:
        SettingError: if a file does not begin so.
    """
    found: list[dict[str, object]] = []
    for path in sorted((resources.sql() / "checks").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        head = _CHECK.match(text)
        if not head:
            raise SettingError(
                "does not begin with a question and `-- severity: error|warning, at most: NUMBER`", where=str(path)
            )
        question = " ".join(line.removeprefix("-- ") for line in head["question"].splitlines())
        found.append(
            {
                "check_name": path.stem,
                "question": question,
                "severity": head["severity"],
                "at_most": float(head["at_most"]),
                "statement": text[head.end() :].strip(),
            }
        )
    return found


def renew(connection: sa.Connection, *, force: bool) -> bool:
    """Make the reports anew if their text, or what they look up, has changed: all of them or none."""
    texts = statements()
    shipped = checks()
    parts = [*texts, *(str(row) for row in shipped), search.search_version()]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    comment = f"What analysts read: views and functions over core and ops. Definition {digest[:16]}."
    there = connection.scalar(sa.text("SELECT obj_description(to_regnamespace('report'), 'pg_namespace')"))
    if there == comment and not force:
        return False
    drop(connection)
    _create(connection, texts)
    _explain(connection)
    _renew_search(connection)
    _renew_checks(connection, shipped)
    connection.exec_driver_sql(f"COMMENT ON SCHEMA report IS '{comment}'")
    return True


def drop(connection: sa.Connection) -> None:
    """Drop every view and function of `report`."""
    found = connection.scalars(
        sa.text(
            """
            SELECT format('VIEW %s', c.oid::regclass) FROM pg_class AS c
            WHERE c.relnamespace = to_regnamespace('report') AND c.relkind = 'v'
            UNION ALL
            SELECT format('FUNCTION %s', p.oid::regprocedure) FROM pg_proc AS p
            WHERE p.pronamespace = to_regnamespace('report')
            """
        )
    ).all()
    for what in found:
        connection.exec_driver_sql(f"DROP {what.replace('%', '%%').replace(' ', ' IF EXISTS ', 1)} CASCADE")
    # Whoever is killed between dropping them and making them again has not made them.
    connection.exec_driver_sql("COMMENT ON SCHEMA report IS NULL")


def _create(connection: sa.Connection, texts: Sequence[str]) -> None:
    waiting = list(texts)
    while waiting:
        left = []
        for text in waiting:
            try:
                with connection.begin_nested():
                    connection.exec_driver_sql(text.replace("%", "%%"))
            except sa.exc.DBAPIError as error:
                if getattr(error.orig, "pgcode", None) not in _NOT_THERE_YET:
                    raise
                left.append(text)
                missing = error
        if len(left) == len(waiting):
            raise missing
        waiting = left


# A column that a view hands on under its own name means there what it means in its table.
_UNEXPLAINED = """
SELECT format('COMMENT ON COLUMN %s.%I IS %L', v.oid::regclass, a.attname, min(col_description(o.attrelid, o.attnum)))
FROM pg_class AS v
JOIN pg_attribute AS a ON a.attrelid = v.oid AND a.attnum > 0
JOIN pg_rewrite AS r ON r.ev_class = v.oid
JOIN pg_depend AS d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass AND d.refobjid <> v.oid
JOIN pg_attribute AS o ON o.attrelid = d.refobjid AND o.attnum = d.refobjsubid AND o.attname = a.attname
WHERE v.relnamespace = 'report'::regnamespace AND v.relkind = 'v' AND d.refclassid = 'pg_class'::regclass
  AND col_description(v.oid, a.attnum) IS NULL
GROUP BY v.oid, a.attname
HAVING count(DISTINCT col_description(o.attrelid, o.attnum)) = 1
ORDER BY 1
"""


def _explain(connection: sa.Connection) -> None:
    """Give columns of views the comment of the column that they show, where the file says nothing of them."""
    for _ in range(2):  # views show views
        for statement in connection.scalars(sa.text(_UNEXPLAINED)).all():
            connection.exec_driver_sql(statement.replace("%", "%%"))


def _renew_checks(connection: sa.Connection, shipped: Sequence[dict[str, object]]) -> None:
    connection.exec_driver_sql("DELETE FROM ops.quality_check WHERE NOT is_own")
    connection.execute(
        sa.text(
            """
            INSERT INTO ops.quality_check (check_name, question, severity, at_most, statement, is_own)
            VALUES (:check_name, :question, :severity, :at_most, :statement, false)
            ON CONFLICT (check_name) DO NOTHING
            """
        ),
        list(shipped),
    )


def _renew_search(connection: sa.Connection) -> None:
    """Write down how words are folded and which are whole, and have articles indexed anew that were by other rules."""
    for table, rows in (
        ("core.search_letter", ({"letter": a, "folded": b} for a, b in search.letters().items())),
        ("core.search_whole_word", ({"word": word} for word in search.whole_words())),
    ):
        connection.exec_driver_sql(f"DELETE FROM {table}")
        staging = Staging(connection, table)
        staging.copy(table, rows)
        connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM stage_{table.partition('.')[2]} ORDER BY 1")
        connection.exec_driver_sql(f"DROP TABLE stage_{table.partition('.')[2]}")
        connection.exec_driver_sql(f"ANALYZE {table}")
    connection.execute(
        sa.text(
            "INSERT INTO ops.unpublished (article_id)"
            " SELECT article_id FROM core.article_search WHERE search_version <> :version"
        ),
        {"version": search.search_version()},
    )
