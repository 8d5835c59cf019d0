"""`rasd run` and `rasd reprocess`: the pipeline without a scheduler."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from rasd import settings
from rasd.cli import warehouse
from rasd.cli.result import console, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasd.pipeline import ingest as pipeline


class Seen(StrEnum):
    """What to do with pages that the warehouse knows."""

    renew = "renew"
    skip = "skip"
    reread = "reread"


def run(
    inbox: Annotated[str | None, typer.Argument(help="Folder, file, glob or object-store address.")] = None,
    batch_pages: Annotated[int | None, typer.Option(min=1, help="Pages per batch.")] = None,
    seen: Annotated[Seen, typer.Option(help="What to do with pages that the warehouse knows.")] = Seen.renew,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what the inbox holds.")] = False,
) -> None:
    """Land, read, annotate and resolve what is in the inbox, and close the books."""
    from rasd.annotating import load_recogniser
    from rasd.pipeline import ingest, landing

    setting = settings.load()
    options = ingest.IngestOptions(
        inbox or setting.inbox, batch_pages or setting.batch_pages, seen.value, setting.settle_seconds
    )
    with warehouse.current() as engine:
        if dry_run:
            found = landing.survey(engine, options.inbox, settle_seconds=options.settle_seconds)
            console.print(found.told(), soft_wrap=True, markup=False, highlight=False)
            return
        with _progress() as tell:
            books = ingest.ingest(engine, options, load_recogniser(setting.recogniser), progress=tell)
        show(engine, books)


def reprocess(
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published since this day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published until this day.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Id or name of the outlet.")] = None,
    reader_version: Annotated[str | None, typer.Option(help="Read by this version of the reader.")] = None,
    recogniser_version: Annotated[str | None, typer.Option(help="Annotated by this recogniser.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run/--do-it", help="Only say how many pages that is.")] = True,
) -> None:
    """Read and annotate pages of the warehouse again with the current versions. Says how many unless told to do it."""
    from rasd.annotating import load_recogniser
    from rasd.pipeline import ingest, selecting

    setting = settings.load()
    selection = selecting.Selection(
        since.date() if since else None, until.date() if until else None, outlet, reader_version, recogniser_version
    )
    with warehouse.current() as engine:
        if dry_run:
            console.print(f"The choice holds {selecting.count(engine, selection)} pages. Add --do-it to do it.")
            return
        with _progress() as tell:
            books = ingest.reprocess(
                engine, selection, load_recogniser(setting.recogniser), batch_pages=setting.batch_pages, progress=tell
            )
        show(engine, books)


@contextmanager
def _progress() -> Iterator[pipeline.Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, int] = {}

        def tell(step: str, done: int, of: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=of)
            bars.update(tasks[step], completed=done)  # type: ignore[arg-type]

        yield tell
