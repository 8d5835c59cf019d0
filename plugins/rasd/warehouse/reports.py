"""The views and functions of `report`, what they look up, and the checks: made from `sql/` whenever that has changed.

A file may name constants of the library in double braces (`{{word}}`), so that what Python and Postgres both do to a
text is written once.
"""

from __future__ import annotations

import hashlib
import logging
import re
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from rasd import resources
from rasd.arabic import clitics, search
from rasd.errors import SettingError
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from collections.abc import Sequence

_log = logging.getLogger(__name__)
_CONSTANTS = {
    "word": search.WORD,
    "word_letters": search.WORD_LETTERS,
    "seat": search.SEAT,
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


# Views of others that rest on reports, lowest first: how each is made again as it was, by its owner.
_RESTING = """
WITH RECURSIVE resting AS (
  SELECT r.ev_class AS view, 1 AS height
  FROM pg_depend AS d
  JOIN pg_rewrite AS r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
  WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid IN (
    SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace('report')
  ) OR d.refclassid = 'pg_proc'::regclass AND d.refobjid IN (
    SELECT oid FROM pg_proc WHERE pronamespace = to_regnamespace('report')
  )
  UNION
  SELECT r.ev_class, o.height + 1
  FROM resting AS o
  JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = o.view
  JOIN pg_rewrite AS r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.ev_class <> o.view
)
SELECT c.oid::regclass::text AS name, quote_ident(pg_get_userbyid(c.relowner)) AS owner,
  ARRAY[format(
    'CREATE %s %s%s AS %s', k.kind, c.oid::regclass, ' WITH (' || array_to_string(c.reloptions, ', ') || ')',
    pg_get_viewdef(c.oid)
  )]
  || ARRAY(SELECT pg_get_indexdef(i.indexrelid) FROM pg_index AS i WHERE i.indrelid = c.oid)
  || ARRAY(
    SELECT CASE WHEN d.objsubid = 0 THEN format('COMMENT ON %s %s IS %L', k.kind, c.oid::regclass, d.description)
      ELSE format('COMMENT ON COLUMN %s.%I IS %L', c.oid::regclass, a.attname, d.description) END
    FROM pg_description AS d
    LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
    WHERE d.classoid = 'pg_class'::regclass AND d.objoid = c.oid
  )
  || ARRAY(
    SELECT format('GRANT %s ON %s TO %s%s', x.privilege_type, c.oid::regclass,
      CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
      CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM aclexplode(c.relacl) AS x WHERE x.grantee <> c.relowner
  ) AS made_by
FROM (SELECT view, max(height) AS height FROM resting GROUP BY view) AS o
JOIN pg_class AS c ON c.oid = o.view
CROSS JOIN LATERAL (SELECT CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END) AS k (kind)
WHERE c.relnamespace <> to_regnamespace('report')
ORDER BY o.height, name
"""


class Resting(NamedTuple):
    """A view of somebody else that rests on reports: its name, its owner, and the statements that make it."""

    name: str
    owner: str
    made_by: list[str]


def resting(connection: sa.Connection) -> list[Resting]:
    """Return the views in other schemas that go when reports are made anew; `put_back` makes them again."""
    connection.exec_driver_sql("SET LOCAL search_path = pg_catalog")
    found = [Resting(*row) for row in connection.execute(sa.text(_RESTING))]
    connection.exec_driver_sql("SET LOCAL search_path TO DEFAULT")
    return found


# There from the first migration of an upgrade to its end: whoever is killed in between has lost no view of others.
_KEPT = "ops.view_of_others"


def keep(connection: sa.Connection, views: Sequence[Resting]) -> None:
    """Write views of others down until `take_kept`, behind those that an upgrade that was killed has written down."""
    if not views:
        return
    connection.exec_driver_sql(
        f"CREATE TABLE IF NOT EXISTS {_KEPT}"
        " (place integer GENERATED ALWAYS AS IDENTITY, name text, owner text, made_by text[])"
    )
    connection.execute(
        sa.text(f"INSERT INTO {_KEPT} (name, owner, made_by) VALUES (:name, :owner, :made_by)"),
        [view._asdict() for view in views],
    )


def take_kept(connection: sa.Connection) -> list[Resting]:
    """Return the views that `keep` wrote down, in order, and forget them when this transaction ends."""
    if connection.scalar(sa.text("SELECT to_regclass(:kept)"), {"kept": _KEPT}) is None:
        return []
    rows = connection.execute(sa.text(f"SELECT name, owner, made_by FROM {_KEPT} ORDER BY place")).all()
    connection.exec_driver_sql(f"DROP TABLE {_KEPT}")
    return [Resting(*row) for row in rows]


def put_back(connection: sa.Connection, views: Sequence[Resting]) -> None:
    """Make views of others again, each as its owner; one that cannot be made any more is told, and stops nothing."""
    for view in views:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(f"SET LOCAL ROLE {view.owner}".replace("%", "%%"))
                for statement in view.made_by:
                    connection.exec_driver_sql(statement.replace("%", "%%"))
                connection.exec_driver_sql("RESET ROLE")
        except sa.exc.DBAPIError as error:
            _log.warning(
                "The view %s rested on reports that have changed, and is gone: %s It was: %s",
                view.name, str(error.orig).strip(), "; ".join(view.made_by),
            )  # fmt: skip


def renew(connection: sa.Connection, *, force: bool) -> bool:
    """Make the reports anew if their text, or what they look up, has changed: all of them or none.

    Views of others that rest on them are there again afterwards.
    """
    texts = statements()
    shipped = checks()
    parts = [*texts, *(str(row) for row in shipped), search.search_version()]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    comment = f"What analysts read: views and functions over core and ops. Definition {digest[:16]}."
    there = connection.scalar(sa.text("SELECT obj_description(to_regnamespace('report'), 'pg_namespace')"))
    if there == comment and not force:
        return False
    views = resting(connection)
    drop(connection)
    _create(connection, texts)
    put_back(connection, views)
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
