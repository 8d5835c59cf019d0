"""What a person decides about entities: that two are one, that a name is another's, what to show, what is no name.

Each decision is a row of `core.decision`. It beats every rule, applies at once to what the warehouse holds, holds for
all that arrives later and can be taken back. The functions take the connection of an open transaction; an entity is
given by its key or id (those that it had once still lead to it), or by a spelling that only one entity has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import sqlalchemy as sa

from rasd.annotating.names import phrase
from rasd.errors import SettingError
from rasd.pipeline import ids
from rasd.pipeline.joining import drop_entities, lock, set_apart_key, settle
from rasd.resolving.joining import JOINING_VERSION
from rasd.resolving.spelling import nominative

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["join", "split", "rename", "not_a_name"]

# What a split sets apart is a sense that no rule joins: no block, no family.
_SET_APART = """
INSERT INTO core.sense (sense_id, sense_key, entity_type, name, country, field, is_curated, is_short, is_common,
  countries, fields, companions, group_id, rule, score, is_open, joining_version, run_id)
SELECT :id, :key, entity_type, :name, country, field, false, false, false, '{}', '{}', '{}', :id, 'own name', 1, false,
  :version, run_id
FROM core.sense WHERE sense_id = :of
"""
# The senses that keys lead to, with their groups, and all that points to the same entities.
_ABOUT = """
WITH named AS (
  SELECT sense_id, group_id, entity_id FROM core.sense WHERE sense_key = ANY(:keys)
)
SELECT sense_id FROM core.sense
WHERE group_id IN (SELECT group_id FROM named) OR attached_id IN (SELECT group_id FROM named)
  OR entity_id IN (SELECT entity_id FROM named)
UNION SELECT sense_id FROM core.sense_name WHERE entity_id IN (SELECT entity_id FROM named)
"""
_COLUMNS = "decision_id, kind, entity_key, other_key, name, reason, decided_by, decided_at, undone_by, undone_at"


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of `core.decision`; its comments say what each column means."""

    decision_id: int
    kind: Kind
    entity_key: str
    other_key: str | None
    name: str | None
    reason: str
    decided_by: str
    decided_at: datetime
    undone_by: str | None
    undone_at: datetime | None


def join(connection: sa.Connection, entity: str, other: str, *, by: str, reason: str) -> Decision:
    """Decide that `other` is `entity`: its names and mentions become that one's.

    Raises:
        SettingError: where one of them is not found, both are one already, or their types differ.
    """
    into, part = find(connection, entity), find(connection, other)
    if into.entity_id == part.entity_id:
        raise SettingError("both are one entity already", where=into.entity_key)
    if into.entity_type != part.entity_type:
        raise SettingError(
            f"one is {into.entity_type}, the other {part.entity_type}", where=f"{into.entity_key}, {part.entity_key}"
        )
    decision = _decide(connection, "join", into.entity_key, by=by, reason=reason, other_key=part.entity_key)
    _settle(connection, into.entity_id, part.entity_id)
    return decision


def split(connection: sa.Connection, entity: str, name: str, *, by: str, reason: str) -> Decision:
    """Decide that `name`, one of the spellings of an entity, is somebody else's: it becomes an entity of its own.

    Where articles use it as a full name, those are meant; else all mentions spelled so. The new entity's key ends in
    the number of the decision, and it may be joined to another one.

    Raises:
        SettingError: where the entity is not found or has no such spelling, or it is the entity's own name.
    """
    found = find(connection, entity)
    _require_name(connection, found, name)
    own = connection.scalar(
        sa.text("SELECT name FROM core.sense WHERE sense_id = :id AND NOT is_curated"), {"id": found.entity_id}
    )
    if nominative(phrase(name)) == own:
        raise SettingError("this is the entity's own name", where=found.entity_key, do="Split off the other names.")
    decision = _decide(connection, "split", found.entity_key, by=by, reason=reason, name=name)
    key = set_apart_key(found.entity_type, name, decision.decision_id)
    connection.execute(
        sa.text(_SET_APART),
        {
            "id": ids.of_text(key),
            "key": key,
            "name": nominative(phrase(name)),
            "of": found.entity_id,
            "version": JOINING_VERSION,
        },
    )
    _settle(connection, found.entity_id)
    return decision


def rename(connection: sa.Connection, entity: str, name: str, *, by: str, reason: str) -> Decision:
    """Decide under which name an entity is shown; it need not be one that was met in print.

    Raises:
        SettingError: where the entity is not found or the name is empty.
    """
    name = " ".join(name.split())
    if not name:
        raise SettingError("a name is needed", where=entity)
    found = find(connection, entity)
    decision = _decide(connection, "rename", found.entity_key, by=by, reason=reason, name=name)
    _settle(connection, found.entity_id)
    return decision


def reject(connection: sa.Connection, entity: str, name: str | None = None, *, by: str, reason: str) -> Decision:
    """Decide that an entity's mentions, or those spelled `name`, are no names: they point to nothing any more.

    Raises:
        SettingError: where the entity is not found or has no such spelling.
    """
    found = find(connection, entity)
    if name is not None:
        _require_name(connection, found, name)
    decision = _decide(connection, "not_a_name", found.entity_key, by=by, reason=reason, name=name)
    _settle(connection, found.entity_id)
    return decision


def undo(connection: sa.Connection, decision_id: int, *, by: str) -> Decision:
    """Take a decision back: the rules, and the decisions that still hold, say again what they say without it.

    Raises:
        SettingError: where there is no such decision, or it has been taken back before.
    """
    row = connection.execute(
        sa.text(
            "UPDATE core.decision SET undone_by = :by, undone_at = now()"
            f" WHERE decision_id = :id AND undone_at IS NULL RETURNING {_COLUMNS}"
        ),
        {"id": decision_id, "by": _required(by, "who takes it back")},
    ).one_or_none()
    if row is None:
        raise SettingError(
            "no decision of this number holds", where=str(decision_id), do="See `rasd entity decisions`."
        )
    decision = Decision(*row)
    _unsettle(connection, decision)
    return decision


def decisions(connection: sa.Connection, *, entity: str | None = None, limit: int = 50) -> list[Decision]:
    """Return the latest decisions, newest first, those taken back included; of one entity where one is named."""
    key = find(connection, entity).entity_key if entity is not None else None
    rows = connection.execute(
        sa.text(
            f"SELECT {_COLUMNS} FROM core.decision"
            " WHERE CAST(:key AS text) IS NULL OR :key IN (entity_key, other_key)"
            " ORDER BY decision_id DESC LIMIT :limit"
        ),
        {"key": key, "limit": limit},
    )
    return [Decision(*row) for row in rows]


def find(connection: sa.Connection, entity: str) -> sa.Row[Any]:
    """Return the row of `core.entity` that a key, an id or a spelling names.

    Raises:
        SettingError: where none or several answer to it; the message names some of those.
    """
    given = entity.strip()
    by_sense = "e.entity_id = (SELECT entity_id FROM core.sense WHERE {} = :given)"
    rows = _matching(connection, by_sense.format("sense_key"), given)
    if not rows and (id_ := _as_id(given)):
        rows = _matching(connection, by_sense.format("sense_id"), id_)
    if not rows:
        rows = _matching(
            connection,
            "e.entity_id IN (SELECT n.entity_id FROM core.entity_name AS n WHERE n.name = :given) OR e.name = :given",
            given,
        )
    if not rows:
        raise SettingError(
            "no entity has this key, id or spelling",
            where=entity,
            do="Look in report.entity: SELECT entity_key, names.",
        )
    if len(rows) > 1:
        keys = ", ".join(row.entity_key for row in rows[:5])
        raise SettingError("several entities have this name", where=entity, do=f"Give a key: {keys}.")
    return rows[0]


def _matching(connection: sa.Connection, condition: str, given: str | UUID) -> Sequence[sa.Row[Any]]:
    return connection.execute(
        sa.text(f"SELECT e.* FROM core.entity AS e WHERE {condition} ORDER BY e.entity_key LIMIT 6"), {"given": given}
    ).all()


def _as_id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


def _require_name(connection: sa.Connection, entity: sa.Row[Any], name: str) -> None:
    names = connection.scalars(
        sa.text('SELECT name FROM core.entity_name WHERE entity_id = :id ORDER BY name COLLATE "C"'),
        {"id": entity.entity_id},
    ).all()
    if name not in names:
        raise SettingError(
            f"{name!r} is none of its spellings", where=entity.entity_key, do=f"They are: {'، '.join(names)}."
        )


def _settle(connection: sa.Connection, *entity_ids: UUID) -> None:
    """Let what is decided of these entities take effect."""
    lock(connection)
    senses = connection.scalars(
        sa.text(
            "SELECT sense_id FROM core.sense WHERE entity_id = ANY(:ids)"
            " UNION SELECT sense_id FROM core.sense_name WHERE entity_id = ANY(:ids)"
        ),
        {"ids": list(entity_ids)},
    ).all()
    settle(connection, None, senses)


def _unsettle(connection: sa.Connection, decision: Decision) -> None:
    """Let the senses that a decision was about go where they go without it."""
    lock(connection)
    keys = [key for key in (decision.entity_key, decision.other_key) if key]
    apart = None
    if decision.kind == "split" and decision.name is not None:
        apart = set_apart_key(decision.entity_key.partition("/")[0], decision.name, decision.decision_id)
        keys.append(apart)
    senses = connection.scalars(sa.text(_ABOUT), {"keys": keys}).all()
    settle(connection, None, senses)
    if apart is not None:
        connection.execute(sa.text("DELETE FROM core.sense WHERE sense_key = :key"), {"key": apart})
        drop_entities(connection, [ids.of_text(apart)])


def _decide(
    connection: sa.Connection,
    kind: Kind,
    entity_key: str,
    *,
    by: str,
    reason: str,
    other_key: str | None = None,
    name: str | None = None,
) -> Decision:
    row = connection.execute(
        sa.text(
            "INSERT INTO core.decision (kind, entity_key, other_key, name, reason, decided_by)"
            f" VALUES (:kind, :entity_key, :other_key, :name, :reason, :by) RETURNING {_COLUMNS}"
        ),
        {
            "kind": kind,
            "entity_key": entity_key,
            "other_key": other_key,
            "name": name,
            "reason": _required(reason, "a reason"),
            "by": _required(by, "who decides"),
        },
    ).one()
    return Decision(*row)


def _required(text: str, what: str) -> str:
    if not text.strip():
        raise SettingError(f"{what} is needed", do="Whoever reads the decision later will want to know.")
    return text.strip()
