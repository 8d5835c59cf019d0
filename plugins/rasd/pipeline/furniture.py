"""Furniture: lines that stand in many different texts of one outlet, found by counting and frozen as versioned data.

No rule knows every outlet's promotion and signature lines, but the warehouse sees them again and again. `freeze` counts
them when somebody asks for it, and keeps what it finds under a version: the digest of the lines. A run notes the
version that is current when it begins, its pages are read with that one and stamped with it, so that any order, a
retry and a second worker give the same rows; pages read before differ by their stamp until they are read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from rasd.reading.marking import MOST_WORDS, line_key
from rasd.reading.outlets import Outlets
from rasd.warehouse.engine import transaction
from rasd.warehouse.load import Staging

# A line is furniture if it stands in so many texts of an outlet, and in so large a share of them. Texts under one
# headline count once: the paragraphs of an article that is told again and again are no furniture. (Not stories: short
# texts may be of one story for nothing but the furniture in them.)
LEAST_TEXTS = 5
LEAST_SHARE = 0.2
# Texts of an outlet that are counted: more would not make the share surer. Ids are digests, so that the smallest are
# a fair sample, and the same one whoever counts.
SAMPLE = 500
# Characters of a line: `MOST_WORDS` words are shorter.
_MOST_CHARACTERS = 400

_LOCK = 0x52465552  # "RFUR": one freeze at a time
_MARK = "+furniture-"

_COUNT = """
WITH text AS (
  SELECT DISTINCT coalesce(m.outlet_id, m.outlet_name) AS outlet, a.article_id
  FROM core.appearance AS m
  JOIN core.appearance AS a USING (page_id)
  WHERE m.role = 'main' AND coalesce(m.outlet_id, m.outlet_name) IS NOT NULL
), sampled AS (
  SELECT outlet, body, coalesce(headline, article_id::text) AS headline
  FROM (SELECT *, row_number() OVER (PARTITION BY outlet ORDER BY article_id) AS place FROM text) AS placed
  JOIN core.article USING (article_id)
  WHERE place <= :sample
), outlet AS (
  SELECT outlet, count(DISTINCT headline) AS n_texts FROM sampled
  GROUP BY outlet HAVING count(DISTINCT headline) >= :least
)
SELECT s.outlet, line, count(DISTINCT s.headline) AS n_texts, o.n_texts AS of_texts
FROM sampled AS s
JOIN outlet AS o USING (outlet)
CROSS JOIN LATERAL string_to_table(s.body, E'\n') AS line
WHERE char_length(line) <= :most
GROUP BY s.outlet, line, o.n_texts
HAVING count(DISTINCT s.headline) >= greatest(:least, :share * o.n_texts)
ORDER BY s.outlet COLLATE "C", line COLLATE "C"
"""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is known to be furniture, by outlet (its id, or else its name), under one version; empty before any."""

    version: str
    lines: Mapping[str, frozenset[str]]

    @property
    def reader_suffix(self) -> str:
        """What it adds to the reader's version in the stamp of a row."""
        return f"{_MARK}{self.version}" if self.version else ""

    def of(self, outlet: str | None) -> frozenset[str]:
        """Return the keys of an outlet's lines, given its name as found on a page."""
        return self.lines.get(outlet_key(outlet), frozenset()) if outlet and self.lines else frozenset()


NONE: Final = Furniture("", {})


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a freeze found: the version that is current now, how many lines it has, and those not known before."""

    version: str
    n_lines: int
    new: tuple[tuple[str, str, int, int], ...]  # outlet, line, texts with it, texts counted


def outlet_key(name: str) -> str:
    """Return what an outlet's furniture is kept under: its id, or the name found where no table knows it."""
    known = Outlets.load().match(name)
    return known.outlet_id if known else name


def freeze(engine: sa.Engine, *, dry_run: bool = False) -> Frozen:
    """Count the lines of every outlet's texts and keep what is furniture as the current version.

    What an earlier version held stays: once it is cut it is no longer in the texts to be counted. What was forgotten
    stays forgotten. Where nothing new is found the version stays too. A dry run only says what it would find.
    """
    with transaction(engine) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        before = current(connection)
        known = _places(connection, before)
        counted = connection.execute(
            sa.text(_COUNT),
            {"sample": SAMPLE, "least": LEAST_TEXTS, "share": LEAST_SHARE, "most": _MOST_CHARACTERS},
        ).all()
        found: dict[tuple[str, str], tuple[str, str, int, int]] = {}
        for outlet, line, n_texts, of_texts in counted:
            place = outlet, line_key(line)
            if place[1] and place not in known and len(line.split()) <= MOST_WORDS:
                found.setdefault(place, (outlet, line, n_texts, of_texts))
        version = _digest(known | dict.fromkeys(found, False)) if found else before
        if found and not dry_run:
            _keep(connection, before, version, found)
    n_lines = len(found) + sum(not forgotten for forgotten in known.values())
    return Frozen(version, n_lines, tuple(found.values()))


def forget(engine: sa.Engine, outlet: str, line: str, *, dry_run: bool = False) -> str | None:
    """Take a line that is text after all out of what is known; returns the version current then, None if unknown.

    The new version remembers that it was forgotten (its row has no texts): no later freeze takes it in again.
    """
    place = outlet_key(outlet), line_key(line)
    with transaction(engine) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        before = current(connection)
        known = _places(connection, before)
        if known.get(place, True):
            return None
        version = _digest(known | {place: True})
        if not dry_run:
            _keep(connection, before, version, {place: (place[0], line, 0, 0)})
    return version


def _places(connection: sa.Connection, version: str) -> dict[tuple[str, str], bool]:
    """Return outlet and key of all lines of a version, and whether each has been forgotten."""
    rows = connection.execute(
        sa.text("SELECT outlet, line_key, n_texts = 0 FROM core.furniture WHERE furniture_version = :version"),
        {"version": version},
    )
    return {(outlet, key): forgotten for outlet, key, forgotten in rows}


def _digest(places: Mapping[tuple[str, str], bool]) -> str:
    lines = ("\t".join((*place, "forgotten") if forgotten else place) for place, forgotten in places.items())
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:12]


def _keep(
    connection: sa.Connection, before: str, version: str, found: Mapping[tuple[str, str], tuple[str, str, int, int]]
) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO core.furniture_version (furniture_version, n_lines) VALUES (:version, 0)"
            " ON CONFLICT DO NOTHING"
        ),
        {"version": version},
    )
    staging = Staging(connection, "core.furniture")
    staging.copy("core.furniture", (_row(version, key, one) for (_, key), one in found.items()))
    connection.execute(
        sa.text(
            """
            INSERT INTO stage_furniture
            SELECT :version, outlet, line_key, line, n_texts, of_texts FROM core.furniture AS f
            WHERE furniture_version = :before
              AND NOT EXISTS (SELECT FROM stage_furniture AS s WHERE (s.outlet, s.line_key) = (f.outlet, f.line_key))
            """
        ),
        {"version": version, "before": before},
    )
    staging.merge("core.furniture")
    connection.execute(
        sa.text(
            """
            UPDATE core.furniture_version AS v
            SET n_lines = (
              SELECT count(*) FROM core.furniture AS f
              WHERE f.furniture_version = v.furniture_version AND f.n_texts > 0
            )
            WHERE furniture_version = :version
            """
        ),
        {"version": version},
    )


def _row(version: str, key: str, found: tuple[str, str, int, int]) -> dict[str, Any]:
    outlet, line, n_texts, of_texts = found
    return {
        "furniture_version": version,
        "outlet": outlet,
        "line_key": key,
        "line": line,
        "n_texts": n_texts,
        "of_texts": of_texts,
    }


def current(connection: sa.Connection) -> str:
    """Return the version frozen last, or nothing where none was."""
    version = connection.scalar(
        sa.text(
            "SELECT furniture_version FROM core.furniture_version"
            " ORDER BY frozen_at DESC, furniture_version DESC LIMIT 1"
        )
    )
    return str(version or "")


def load(connection: sa.Connection, version: str) -> Furniture:
    """Return what a version holds."""
    if not version:
        return NONE
    rows = connection.execute(
        sa.text(
            "SELECT outlet, array_agg(line_key) FROM core.furniture"
            " WHERE furniture_version = :version AND n_texts > 0 GROUP BY 1"
        ),
        {"version": version},
    )
    return Furniture(version, {outlet: frozenset(keys) for outlet, keys in rows})


def version_in(reader_version: str) -> str:
    """Return the version of the furniture in the reader's version that stamps a row or a run."""
    return reader_version.partition(_MARK)[2]
