"""`rasd export`: the warehouse as files."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from rasd import settings
from rasd.cli import warehouse
from rasd.cli.result import console
from rasd.errors import SettingError


class Format(StrEnum):
    """How the files are written."""

    parquet = "parquet"
    csv = "csv"


def export(
    target: Annotated[str | None, typer.Argument(help="Folder or object-store address; else RASD_EXPORT.")] = None,
    table: Annotated[
        list[str] | None, typer.Option(help="article, mention, entity or story; all unless given.")
    ] = None,
    format: Annotated[Format, typer.Option(help="Parquet, or CSV.")] = Format.parquet,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published since this day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published until this day.")] = None,
) -> None:
    """Write articles, mentions, entities and stories by day; again, and only what has changed is written."""
    from rasd.publishing import export as exporting

    target = target or settings.load().export
    if target is None:
        raise SettingError("where to?", do="Give a folder or an address, or set RASD_EXPORT.")
    with warehouse.current() as engine:
        for name in exporting.tables(table or ()):
            done = exporting.export(
                engine,
                target,
                name,
                format=format.value,
                since=since.date() if since else None,
                until=until.date() if until else None,
            )
            console.print(
                f"{name}: {done.written} days written ({done.rows} rows), {done.unchanged} unchanged,"
                f" {done.removed} removed"
            )
