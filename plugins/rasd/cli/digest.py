"""`rasd digest`: the digest of a day as a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from rasd import settings
from rasd.cli import warehouse
from rasd.cli.result import console


def digest(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today unless given.")] = None,
    folder: Annotated[str | None, typer.Option(help="Folder or object-store address; else RASD_DIGEST.")] = None,
) -> None:
    """Make the digest of a day: what watches found, trends, outlets, the books. Mail is sent by the DAG rasd_digest."""
    from rasd.publishing import digest as making

    chosen = day.date() if day else datetime.now(UTC).date()
    making.require_begun(chosen)
    with warehouse.current() as engine:
        made = making.make(engine, chosen, folder or settings.load().digest)
    console.print(made.uri, soft_wrap=True, markup=False, highlight=False)
