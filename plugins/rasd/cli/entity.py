"""`rasd entity`: what is known of an entity, and what a person decides about it."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import sqlalchemy as sa
import typer
from rich.table import Table

from rasd.cli import warehouse
from rasd.cli.result import console, isolated
from rasd.pipeline import decisions as deciding
from rasd.pipeline.publishing import publish
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasd.pipeline.decisions import Decision

app = typer.Typer(no_args_is_help=True, help="Entities: show, join, split, rename, reject, undo, decisions.")

Entity = Annotated[str, typer.Argument(help="Its key, its id, or a spelling that only it has.")]
By = Annotated[str, typer.Option(help="Who decides, for the record.")]
Reason = Annotated[str, typer.Option(help="Why, for whoever reads it later.")]
_USER = getpass.getuser()


@contextmanager
def _deciding() -> Iterator[sa.Connection]:
    """Give a transaction for a decision, and bring what reports count up to date with it."""
    with warehouse.current() as engine:
        with transaction(engine) as connection:
            yield connection
        publish(engine)


@app.command()
def show(entity: Entity) -> None:
    """Show an entity: what is known of it, its names with the reason for each, and what was decided about it."""
    with warehouse.current() as engine, transaction(engine) as connection:
        found = deciding.find(connection, entity)
        names = connection.execute(
            sa.text(
                "SELECT name, rule, score FROM core.entity_name WHERE entity_id = :id"
                ' ORDER BY score DESC, name COLLATE "C"'
            ),
            {"id": found.entity_id},
        ).all()
        decided = deciding.decisions(connection, entity=found.entity_key)
    facts = Table(show_header=False)
    for name, value in found._mapping.items():
        if value is not None and name != "run_id":
            facts.add_row(name, isolated(str(value)))
    console.print(facts)
    table = Table("name", "why", "how sure")
    for name, rule, score in names:
        table.add_row(isolated(name), rule, f"{score:.2f}")
    console.print(table)
    _list(decided)


@app.command()
def join(entity: Entity, other: Entity, reason: Reason, by: By = _USER) -> None:
    """Decide that OTHER is ENTITY: its names and mentions become that one's."""
    with _deciding() as connection:
        _tell(deciding.join(connection, entity, other, by=by, reason=reason))


@app.command()
def split(
    entity: Entity,
    name: Annotated[str, typer.Argument(help="The spelling that is somebody else's.")],
    reason: Reason,
    by: By = _USER,
) -> None:
    """Decide that NAME is not ENTITY's: it becomes an entity of its own."""
    with _deciding() as connection:
        _tell(deciding.split(connection, entity, name, by=by, reason=reason))


@app.command()
def rename(
    entity: Entity, name: Annotated[str, typer.Argument(help="The name to show.")], reason: Reason, by: By = _USER
) -> None:
    """Decide under which name ENTITY is shown."""
    with _deciding() as connection:
        _tell(deciding.rename(connection, entity, name, by=by, reason=reason))


@app.command()
def reject(
    entity: Entity,
    reason: Reason,
    name: Annotated[str | None, typer.Option(help="Only this spelling of it.")] = None,
    by: By = _USER,
) -> None:
    """Decide that what points to ENTITY is no name."""
    with _deciding() as connection:
        _tell(deciding.reject(connection, entity, name, by=by, reason=reason))


@app.command()
def undo(decision: Annotated[int, typer.Argument(help="Its number.")], by: By = _USER) -> None:
    """Take a decision back."""
    with _deciding() as connection:
        taken_back = deciding.undo(connection, decision, by=by)
    console.print(f"Decision {taken_back.decision_id} no longer holds.")


@app.command()
def decisions(limit: Annotated[int, typer.Option(min=1, help="At most so many, newest first.")] = 50) -> None:
    """List what was decided, newest first."""
    with warehouse.current() as engine, transaction(engine) as connection:
        decided = deciding.decisions(connection, limit=limit)
    if not decided:
        console.print("Nothing was decided yet.")
    _list(decided)


def _tell(decision: Decision) -> None:
    console.print(
        f"Decision {decision.decision_id}: {decision.kind}. Take it back: rasd entity undo {decision.decision_id}"
    )


def _list(decided: list[Decision]) -> None:
    if not decided:
        return
    table = Table("no.", "decision", "entity", "other, or name", "reason", "by", "when", "taken back")
    for d in decided:
        table.add_row(
            str(d.decision_id),
            d.kind,
            isolated(d.entity_key),
            isolated(d.other_key or d.name or ""),
            isolated(d.reason),
            d.decided_by,
            f"{d.decided_at:%Y-%m-%d %H:%M}",
            f"{d.undone_at:%Y-%m-%d %H:%M} {d.undone_by}" if d.undone_at else "",
        )
    console.print(table)
