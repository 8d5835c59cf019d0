"""Draw what `make run` shows into docs/images/run.svg: the sample inbox, loaded into a warehouse made for it."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from rich.console import Console

from rasd import resources
from rasd.annotating import load_recogniser
from rasd.cli import result
from rasd.local import house
from rasd.pipeline.ingest import IngestOptions, ingest


def main() -> None:
    """Run the pipeline once and save the result as a picture."""
    result.console = Console(record=True, width=124, file=io.StringIO(), force_terminal=True)
    with tempfile.TemporaryDirectory() as folder, house.opened(Path(folder)) as opened:
        engine = opened.warehouse()
        options = IngestOptions(str(resources.seeds() / "inbox"), settle_seconds=0)
        result.show(engine, ingest(engine, options, load_recogniser("default")))
        engine.dispose()
    out = Path(__file__).parent / "images" / "run.svg"
    out.parent.mkdir(exist_ok=True)
    # rich asks a server on the net for its font; whoever looks at the picture has one of their own.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", result.console.export_svg(title="make run"), flags=re.DOTALL)
    out.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
