"""camel-tools' own recogniser (a fine-tuned BERT) as a second engine: `RASD_RECOGNISER=camel`.

It needs the `camel` extra (torch) and data that camel-tools keeps in `~/.camel_tools`, or where CAMELTOOLS_DATA says:
`camel_data -i ner-arabert` fetches it once. Importing `camel_tools.ner` goes to the network where that data is
missing, so this module looks first.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasd.annotating.model import OUTSIDE, Tag
from rasd.errors import SettingError

# Micro F1 that its authors publish on the ANERcorp test split; the engine itself gives no confidence.
_CONFIDENCE = 0.82
_BATCH = 32
# Pieces of a word that BERT reads; more would overflow the 256 of a segment, where camel-tools fails.
_LONGEST_WORD = 100


class CamelRecogniser:
    """Tags sentences with `camel_tools.ner.NERecognizer`, in batches."""

    engine = "camel"

    def __init__(self, recogniser: Any, model: str, version: str) -> None:
        self._recogniser = recogniser
        self.model = model
        self.version = version

    @classmethod
    def load(cls, model: str | None = None) -> CamelRecogniser:
        """Load the model of that name, by default the one that the catalogue of camel-tools names.

        Raises:
            SettingError: if camel-tools or its data are not installed.
        """
        data = data_dir()
        name, folder = _installed(data, model)
        try:
            import camel_tools  # type: ignore[import-untyped]
            from camel_tools.ner import NERecognizer  # type: ignore[import-untyped]
        except ImportError as e:
            raise SettingError(
                f"camel-tools cannot be imported ({e})",
                where="RASD_RECOGNISER=camel",
                do="Install the extra: pip install 'rasd[camel]'.",
            ) from e
        return cls(NERecognizer(str(folder)), name, f"{camel_tools.__version__}-{name}")

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        """Return one tag per token of each sentence; all have the same confidence."""
        asked = [[_readable(word) for word in sentence] for sentence in sentences if sentence]
        labels = iter(self._recogniser.predict(asked, _BATCH) if asked else ())
        return [[_tag(label) for label in next(labels)] if sentence else [] for sentence in sentences]


def data_dir() -> Path:
    """Return the folder where camel-tools keeps its data."""
    if value := os.environ.get("CAMELTOOLS_DATA"):
        return Path(value).expanduser().absolute()
    return Path.home() / ".camel_tools"


def _installed(data: Path, model: str | None) -> tuple[str, Path]:
    """Return the name and folder of a model on disk, by the catalogue of camel-tools."""
    do = (
        "Run `camel_data -i ner-arabert` once where there is a network (or copy that folder from another machine and "
        "set CAMELTOOLS_DATA to it), or choose another recogniser: RASD_RECOGNISER=default."
    )
    try:
        catalogue = json.loads((data / "catalogue.json").read_text(encoding="utf-8"))
        component = catalogue["components"]["NamedEntityRecognition"]
        name = model or component["default"]
        folder = data / "data" / component["datasets"][name]["path"]
    except (OSError, ValueError, KeyError) as e:
        raise SettingError("camel-tools' data for names is not installed", where=str(data), do=do) from e
    if not (folder / "config.json").is_file():
        raise SettingError(f"camel-tools' model {name!r} is not installed", where=str(folder), do=do)
    return name, folder


def _readable(word: str) -> str:
    """Return a word that BERT's tokenizer makes at least one piece of, and not too many.

    camel-tools drops a word without pieces, and every label after it moves up by one.
    """
    word = word[:_LONGEST_WORD].encode(errors="replace").decode()  # a lone surrogate is no text to it
    return word if any(unicodedata.category(c)[0] in "LNPS" for c in word) else "."


def _tag(label: str) -> Tag:
    return OUTSIDE if label == "O" else Tag(label.replace("PERS", "PER"), _CONFIDENCE)
