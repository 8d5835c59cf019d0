"""What rows that the reader made are stamped with: its rules and weights, and the reference data that it read with.

People extend that data (`seeds/`); a page that was read with other data is read again, as one read by other rules is.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from rasd.reading.reader import READER_VERSION
from rasd.references import reference

# All that a reading depends on beside the code and the weights in the package (tests/reading/test_version.py).
READ_WITH = (
    "dateline_places.csv", "family_names.txt", "given_names.txt", "labels.csv", "months.csv", "outlets.csv",
    "page_markers.csv", "phrases.csv", "speech.csv", "words.csv", "names/arabic_names.txt", "names/cities.csv",
    "names/heads.csv", "names/name_words.txt", "names/organisations.csv", "names/places.csv", "names/titles.csv",
)  # fmt: skip


@lru_cache(maxsize=1)
def reader_version() -> str:
    """Return the version of the reader with its reference data, as `rules-54.1f0c9a2b`.

    Raises:
        OSError: where a file is missing.
    """
    digest = hashlib.sha256()
    for name in READ_WITH:
        content = reference(name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return f"{READER_VERSION}.{digest.hexdigest()[:8]}"
