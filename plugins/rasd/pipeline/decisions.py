"""What a person decides about entities: that two are one, that a name is another's, what to show, what is no name.

Each decision is a row of `core.decision`. It beats every rule, holds for all that arrives later and can be taken back.
The functions take the connection of an open transaction; an entity is given by its key, its id, or a spelling that
only one entity has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import sqlalchemy as sa

from rasd.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["join", "split", "rename", "not_a_name"]

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
    return _decide(connection, "join", into.entity_key, by=by, reason=reason, other_key=part.entity_key)


def split(connection: sa.Connection, entity: str, name: str, *, by: str, reason: str) -> Decision:
    """Decide that `name`, one of the spellings of an entity, is somebody else's: it becomes an entity of its own.

    Raises:
        SettingError: where the entity is not found or has no such spelling, or no other one.
    """
    found = find(connection, entity)
    _require_name(connection, found, name)
    return _decide(connection, "split", found.entity_key, by=by, reason=reason, name=name)


def rename(connection: sa.Connection, entity: str, name: str, *, by: str, reason: str) -> Decision:
    """Decide under which name an entity is shown; it need not be one that was met in print.

    Raises:
        SettingError: where the entity is not found or the name is empty.
    """
    name = " ".join(name.split())
    if not name:
        raise SettingError("a name is needed", where=entity)
    return _decide(connection, "rename", find(connection, entity).entity_key, by=by, reason=reason, name=name)


def reject(connection: sa.Connection, entity: str, name: str | None = None, *, by: str, reason: str) -> Decision:
    """Decide that an entity's mentions, or those spelled `name`, are no names: they point to nothing any more.

    Raises:
        SettingError: where the entity is not found or has no such spelling.
    """
    found = find(connection, entity)
    if name is not None:
        _require_name(connection, found, name)
    return _decide(connection, "not_a_name", found.entity_key, by=by, reason=reason, name=name)


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
    return Decision(*row)


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
    rows = _matching(connection, "e.entity_key = :given", given)
    if not rows and (id_ := _as_id(given)):
        rows = _matching(connection, "e.entity_id = CAST(:given AS uuid)", str(id_))
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


def _matching(connection: sa.Connection, condition: str, given: str) -> Sequence[sa.Row[Any]]:
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
