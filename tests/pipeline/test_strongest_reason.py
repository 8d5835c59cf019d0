"""Spellings are known by the strongest reason that a mention gives, whether or not mentions had to be looked at."""

from __future__ import annotations

import sqlalchemy as sa
from tables import row_versions

from rasd.warehouse.load import Staging

_SPELLING = """
SELECT n.sense_id, n.name, n.phrase, n.run_id, n.rule, n.score FROM core.sense_name AS n
WHERE (SELECT count(*) FROM core.mention AS m WHERE (m.sense_id, m.spelling) = (n.sense_id, n.name)) > 1
ORDER BY n.sense_id, n.name LIMIT 1
"""
_OF = "WHERE sense_id = :sense_id AND spelling = :name"
_KNOWN = sa.text("SELECT rule, score FROM core.sense_name WHERE sense_id = :sense_id AND name = :name")


def merge(connection: sa.Connection, *rows: dict[str, object]) -> None:
    staging = Staging(connection, "core.sense_name")
    staging.copy("core.sense_name", rows)
    staging.merge("core.sense_name")


def test_a_reason_that_is_no_stronger_changes_nothing(sample_warehouse: sa.Engine) -> None:
    before = row_versions(sample_warehouse)
    with sample_warehouse.begin() as c:
        rows = [dict(r._mapping) for r in c.execute(sa.text("SELECT * FROM core.sense_name"))]
        for row in rows:
            del row["entity_id"], row["is_decided"]
        merge(c, *rows, *({**row, "score": 0.0} for row in rows))
    assert row_versions(sample_warehouse) == before


def test_the_reason_follows_the_mentions(sample_warehouse: sa.Engine) -> None:
    with sample_warehouse.begin() as c:
        row = dict(c.execute(sa.text(_SPELLING)).one()._mapping)
        bare = {name: row[name] for name in ("sense_id", "name", "phrase", "run_id")}

        def set_mentions(what: str) -> None:
            c.execute(sa.text(f"UPDATE core.mention SET {what} {_OF}"), bare)

        def known() -> tuple[str, float] | None:
            found = c.execute(_KNOWN, bare).one_or_none()
            return found and (found.rule, found.score)

        set_mentions("link_rule = 'weaker', link_score = 0.5")
        merge(c, {**bare, "rule": "weaker", "score": 0.5})
        assert known() == (row["rule"], row["score"]), "nobody said that the stronger one may have gone"
        merge(c, {**bare, "rule": "weaker", "score": 0.5}, {**bare, "rule": None, "score": None})
        assert known() == ("weaker", 0.5)
        set_mentions("link_rule = 'strong', link_score = 0.75")
        merge(c, {**bare, "rule": "weaker", "score": 0.25}, {**bare, "rule": "strong", "score": 0.75})
        assert known() == ("strong", 0.75)
        set_mentions("link_rule = 'stronger'")
        merge(c, {**bare, "rule": "stronger", "score": 0.75})
        assert known() == ("stronger", 0.75), "of equal scores the later rule"
        c.execute(sa.text(f"DELETE FROM core.mention {_OF}"), bare)
        merge(c, {**bare, "rule": None, "score": None})
        assert known() is None
        c.rollback()
