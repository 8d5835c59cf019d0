"""All commands of `rasd`, by group."""

from __future__ import annotations

import typer

import rasd
from rasd.cli import (
    check,
    database,
    digest,
    entity,
    export,
    furniture,
    inspect,
    local,
    quarantine,
    run,
    search,
    tag,
    train,
    watch,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=rasd.__doc__)
app.command("run")(run.run)
app.command("reprocess")(run.reprocess)
app.command("inspect")(inspect.inspect)
app.command("tag")(tag.tag)
app.command("search")(search.search)
app.command("check")(check.check)
app.command("train")(train.train)
app.command("export")(export.export)
app.command("digest")(digest.digest)
app.add_typer(entity.app, name="entity")
app.add_typer(furniture.app, name="furniture")
app.add_typer(watch.app, name="watch")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(database.app, name="db")
app.add_typer(local.app, name="local")
