"""`rasd train`: make the recogniser's model again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    data: Annotated[Path, typer.Argument(help="Folder with anercorp/, names/ and raw/ (see the model card).")],
    out: Annotated[Path, typer.Argument(help="Model folder to write.")],
    seed: Annotated[int, typer.Option(help="Seed of everything random.")] = 1,
    work: Annotated[
        Path | None, typer.Option(help="Keep finished stages here, to go on after an interruption.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Teachers trained at once, one core each.")] = 1,
    tiny: Annotated[bool, typer.Option("--tiny", help="A poor model in about a minute, to try the way out.")] = False,
) -> None:
    """Train the recogniser's model from annotated corpora, name lists and raw text (needs the extra `train`)."""
    import logging

    from rasd.errors import SettingError

    try:
        from rasd.training.train import FULL, TINY
        from rasd.training.train import train as make
    except ImportError as error:
        raise SettingError(
            f"training needs {error.name}, which is not installed", do="Install `rasd[train]`."
        ) from error
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    figures = make(data, out, recipe=TINY if tiny else FULL, seed=seed, work=work, jobs=jobs)
    for kind, (precision, recall, f1) in figures["f1"].items():
        typer.echo(f"{kind:5} precision {precision:6.2f} recall {recall:6.2f} F1 {f1:6.2f}")
    typer.echo(f"calibration error {figures['calibration_error']:.4f}")
