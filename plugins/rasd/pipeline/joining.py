"""Names of different articles are joined into entities, in the transaction that writes the articles' mentions.

What `rasd.resolving.joining` says is a function of the senses in the warehouse: when an article brings a new sense,
takes one away or changes what is known of one, the blocks that it lies in are decided anew, and nothing else. People's
decisions (`core.decision`) are laid over what the rules say. One writer at a time joins names: each would miss the
other's half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from rasd.annotating.names import load_names, phrase
from rasd.pipeline import ids
from rasd.resolving import joining as rules
from rasd.resolving.joining import Bearer, Joined, Sense, attach, join_block
from rasd.resolving.spelling import nominative, words_of
from rasd.warehouse.load import Staging

if TYPE_CHECKING:
    from rasd.annotating.names import Names

_LOCK = 0x524A4F49  # "RJOI"

# Rules of `rasd.resolving.document` by which an article uses a short name for a longer one.
INTRODUCING = ("part of a name", "alias")
# Namings that tell what is known of a sense: the first so many by article. Of a name in fifty thousand articles no more
# need be read, and which ones does not depend on the order of arrival.
_SAMPLE = 50
_MOST_COMPANIONS = 100
# What the tables of names write for a country where there is none: organisations of many.
_INTERNATIONAL = "INT"

# Without a reason: mentions that gave it may go now.
_STAGE_BEFORE = """
INSERT INTO stage_sense_name (sense_id, name, phrase, run_id)
SELECT DISTINCT m.sense_id, m.spelling, n.phrase, n.run_id
FROM core.mention AS m
JOIN core.sense_name AS n ON (n.sense_id, n.name) = (m.sense_id, m.spelling)
WHERE m.article_id = ANY(:articles)
"""
_TOUCHED = """
SELECT sense_id FROM stage_sense
UNION SELECT sense_id FROM stage_sense_name
UNION SELECT sense_id FROM core.demonym WHERE article_id = ANY(:articles)
"""
_NAMES = (
    "SELECT sense_id, name, phrase, rule, score, entity_id, is_decided FROM core.sense_name WHERE sense_id = ANY(:ids)"
)
# A sense that a decision set apart stays as long as the decision.
_VANISHED = """
SELECT sense_id FROM core.sense AS s
WHERE sense_id = ANY(:ids)
  AND NOT EXISTS (SELECT FROM core.sense_name AS n WHERE n.sense_id = s.sense_id)
  AND NOT EXISTS (SELECT FROM core.demonym AS d WHERE d.sense_id = s.sense_id)
  AND strpos(sense_key, '#') = 0
"""
_EVIDENCE = """
UPDATE core.sense AS s
SET countries = n.countries, fields = n.fields, companions = n.companions
FROM unnest(CAST(:ids AS uuid[])) AS asked (sense_id)
CROSS JOIN LATERAL (
  WITH sample AS MATERIALIZED (
    SELECT country, field, companions FROM core.naming AS n
    WHERE n.sense_id = asked.sense_id ORDER BY article_id LIMIT :sample
  )
  SELECT
    ARRAY(SELECT DISTINCT country FROM sample WHERE country IS NOT NULL ORDER BY 1) AS countries,
    ARRAY(SELECT DISTINCT field FROM sample WHERE field IS NOT NULL ORDER BY 1) AS fields,
    ARRAY(SELECT DISTINCT c FROM sample, unnest(companions) AS c ORDER BY 1 LIMIT :companions) AS companions
) AS n
WHERE s.sense_id = asked.sense_id AND NOT s.is_curated
  AND (s.countries, s.fields, s.companions) IS DISTINCT FROM (n.countries, n.fields, n.companions)
RETURNING s.sense_id
"""
_SENSE = """
SELECT sense_id, sense_key, entity_type, name, country, field, is_curated, is_short, is_common, block, family,
  countries, fields, companions, group_id, attached_id, rule, score, is_open, entity_id, joining_version, run_id
FROM core.sense AS s
"""
_SHORT_OF = "WHERE family = ANY(:families) AND is_short AND NOT is_common AND NOT is_curated"
_NAMED = "WHERE name = ANY(:names) AND NOT is_curated AND block IS NOT NULL OR name = ANY(:names) AND is_short"
# The bearers of a surname, at most one more than are looked at.
_BEARERS = """
SELECT DISTINCT f.family, b.group_id
FROM unnest(CAST(:families AS text[])) AS f (family)
CROSS JOIN LATERAL (
  SELECT DISTINCT group_id FROM core.sense
  WHERE family = f.family AND NOT is_short AND sense_id <> ALL(:vanished) LIMIT :most
) AS b
"""
# The groups for which articles use a name, where a full name stands for the group; no more than it takes to know that
# they are too many, whichever of them the name itself lies in.
_INTRODUCED = """
SELECT a.name, a.entity_type, b.group_id
FROM unnest(CAST(:names AS text[]), CAST(:types AS text[])) AS a (name, entity_type)
CROSS JOIN LATERAL (
  SELECT DISTINCT s.group_id
  FROM core.sense_name AS n
  JOIN core.sense AS s USING (sense_id)
  JOIN core.sense AS g ON g.sense_id = s.group_id
  WHERE n.phrase = a.name AND n.rule = ANY(:introducing) AND n.phrase <> s.name AND s.entity_type = a.entity_type
    AND g.group_id = g.sense_id AND NOT g.is_short AND g.sense_id <> ALL(:vanished)
  LIMIT :most
) AS b
"""
_SET_JOINED = """
UPDATE core.sense AS s
SET group_id = j.group_id, attached_id = j.attached_id, rule = j.rule, score = j.score, is_open = j.is_open,
  run_id = coalesce(CAST(:run_id AS uuid), s.run_id)
FROM (
  SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:groups AS uuid[]), CAST(:attached AS uuid[]), CAST(:rules AS text[]),
    CAST(:scores AS real[]), CAST(:open AS boolean[])) AS j (sense_id, group_id, attached_id, rule, score, is_open)
) AS j
WHERE s.sense_id = j.sense_id
  AND (s.group_id, s.attached_id, s.rule, s.score, s.is_open)
    IS DISTINCT FROM (j.group_id, j.attached_id, j.rule, j.score, j.is_open)
RETURNING s.sense_id
"""
_SET_CANDIDATES = """
WITH now AS (
  SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:candidates AS uuid[]), CAST(:reasons AS text[]),
    CAST(:scores AS real[])) AS n (sense_id, candidate_id, reason, score)
), gone AS (
  DELETE FROM core.sense_candidate AS t
  WHERE t.sense_id = ANY(:of)
    AND NOT EXISTS (SELECT FROM now AS n WHERE (n.sense_id, n.candidate_id) = (t.sense_id, t.candidate_id))
)
INSERT INTO core.sense_candidate AS t (sense_id, candidate_id, reason, score, run_id)
SELECT sense_id, candidate_id, reason, score, CAST(:run_id AS uuid) FROM now ORDER BY sense_id, candidate_id
ON CONFLICT (sense_id, candidate_id) DO UPDATE SET
  reason = excluded.reason, score = excluded.score, run_id = excluded.run_id
WHERE (t.reason, t.score) IS DISTINCT FROM (excluded.reason, excluded.score)
"""
_CLOSURE = "WHERE group_id = ANY(:groups) OR attached_id = ANY(:groups) OR sense_key = ANY(:keys)"
_DECISIONS = """
SELECT decision_id, kind, entity_key, other_key, name FROM core.decision
WHERE undone_at IS NULL AND (entity_key = ANY(:keys) OR other_key = ANY(:keys))
ORDER BY decision_id
"""
_TOUCHED_ENTITIES = """
CREATE TEMPORARY TABLE IF NOT EXISTS stage_touched (entity_id uuid PRIMARY KEY) ON COMMIT DELETE ROWS
"""
_SET_ENTITIES = """
UPDATE core.sense AS s SET entity_id = j.entity_id
FROM unnest(CAST(:ids AS uuid[]), CAST(:entities AS uuid[])) AS j (sense_id, entity_id)
WHERE s.sense_id = j.sense_id AND s.entity_id IS DISTINCT FROM j.entity_id
"""
_SET_NAMES = """
UPDATE core.sense_name AS s SET entity_id = j.entity_id, is_decided = j.is_decided
FROM unnest(CAST(:ids AS uuid[]), CAST(:names AS text[]), CAST(:entities AS uuid[]), CAST(:decided AS boolean[]))
  AS j (sense_id, name, entity_id, is_decided)
WHERE (s.sense_id, s.name) = (j.sense_id, j.name)
  AND (s.entity_id, s.is_decided) IS DISTINCT FROM (j.entity_id, j.is_decided)
"""
_SET_MENTIONS = """
UPDATE core.mention AS m SET entity_id = j.entity_id
FROM unnest(CAST(:ids AS uuid[]), CAST(:names AS text[]), CAST(:entities AS uuid[])) AS j (sense_id, name, entity_id)
WHERE (m.sense_id, m.spelling) = (j.sense_id, j.name) AND m.entity_id IS DISTINCT FROM j.entity_id
"""
# The name shown of an entity that no table knows and nobody renamed: of the ways to write the full name the shortest,
# then the smallest, whichever came first.
_SHOW_NAMES = """
UPDATE core.entity AS e
SET name = n.name
FROM stage_touched AS p
CROSS JOIN LATERAL (
  SELECT n.name FROM core.sense_name AS n JOIN core.sense AS s USING (sense_id)
  WHERE n.entity_id = p.entity_id
  ORDER BY n.sense_id <> p.entity_id, n.phrase <> s.name, char_length(n.name), n.name COLLATE "C", n.sense_id LIMIT 1
) AS n
WHERE e.entity_id = p.entity_id AND NOT e.is_curated AND NOT e.is_renamed AND e.name <> n.name
"""
# What lost its last name was never there, say the recogniser and the rules of today.
_DROP_ENTITIES = """
DELETE FROM core.entity AS e
WHERE entity_id = ANY(:ids)
  AND NOT EXISTS (SELECT FROM core.sense AS s WHERE s.entity_id = e.entity_id)
  AND NOT EXISTS (SELECT FROM core.sense_name AS n WHERE n.entity_id = e.entity_id)
"""


def lock(connection: sa.Connection) -> None:
    """Let one transaction at a time join names."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def join_staged(connection: sa.Connection, staging: Staging, run_id: UUID, article_ids: Sequence[UUID]) -> None:
    """Write what was staged of articles and join their names with those of all other articles.

    Staged are core.annotation, core.sense, core.sense_name, core.naming, core.mention, core.demonym and core.speaker.
    """
    lock(connection)
    articles = {"articles": list(article_ids)}
    connection.execute(sa.text(_STAGE_BEFORE), articles)
    staging.analyze("core.sense_name")
    touched = sorted(connection.scalars(sa.text(_TOUCHED), articles))
    before = _Senses.of(connection, touched)
    staging.merge("core.sense", "core.naming", "core.mention", "core.demonym", "core.speaker", "core.sense_name")
    staging.merge("core.annotation")
    _join_touched(connection, run_id, touched, before)


def leave(connection: sa.Connection, run_id: UUID, article_ids: Sequence[UUID]) -> None:
    """Take articles that are about to vanish out of all entities."""
    if not article_ids:
        return
    lock(connection)
    articles = {"articles": list(article_ids)}
    staging = Staging(connection, "core.sense", "core.sense_name")
    connection.execute(sa.text(_STAGE_BEFORE), articles)
    staging.analyze("core.sense_name")
    touched = sorted(connection.scalars(sa.text(_TOUCHED), articles))
    before = _Senses.of(connection, touched)
    for table in ("mention", "demonym", "speaker", "naming", "annotation"):
        connection.execute(sa.text(f"DELETE FROM core.{table} WHERE article_id = ANY(:articles)"), articles)
    staging.merge("core.sense_name")
    _join_touched(connection, run_id, touched, before)


class _Name(NamedTuple):
    """A spelling of a sense, as in `core.sense_name`."""

    phrase: str
    rule: str
    score: float
    entity_id: UUID | None
    is_decided: bool


@dataclass(frozen=True, slots=True)
class _Senses:
    """What the warehouse holds of some senses: the version of each that is there, and their names."""

    ids: frozenset[UUID]
    versions: Mapping[UUID, str]
    names: Mapping[tuple[UUID, str], _Name]

    @classmethod
    def of(cls, connection: sa.Connection, ids_: Sequence[UUID]) -> _Senses:
        rows = connection.execute(
            sa.text("SELECT sense_id, joining_version FROM core.sense WHERE sense_id = ANY(:ids)"), {"ids": list(ids_)}
        )
        return cls(frozenset(ids_), {row[0]: row[1] for row in rows}, _names(connection, ids_))

    def introduced(self) -> set[tuple[UUID, str]]:
        """Return (sense, folded short name) where articles use it for the sense."""
        return {(sense_id, name.phrase) for (sense_id, _), name in self.names.items() if name.rule in INTRODUCING}


def _names(connection: sa.Connection, ids_: Iterable[UUID]) -> dict[tuple[UUID, str], _Name]:
    rows = connection.execute(sa.text(_NAMES), {"ids": list(ids_)})
    return {(r.sense_id, r.name): _Name(r.phrase, r.rule, r.score, r.entity_id, r.is_decided) for r in rows}


def _join_touched(connection: sa.Connection, run_id: UUID, touched: Sequence[UUID], before: _Senses) -> None:
    vanished = set(connection.scalars(sa.text(_VANISHED), {"ids": list(touched)}))
    left = [i for i in touched if i not in vanished]
    changed = vanished | set(
        connection.scalars(sa.text(_EVIDENCE), {"ids": left, "sample": _SAMPLE, "companions": _MOST_COMPANIONS})
    )
    changed |= {i for i in left if before.versions.get(i) != rules.JOINING_VERSION}
    now = _Senses.of(connection, left)
    phrases = {name for _, name in now.introduced() ^ {p for p in before.introduced() if p[0] not in vanished}}
    phrases |= {name for i, name in before.introduced() if i in vanished}
    moved = _Joining(connection, run_id, changed, vanished).join(phrases)
    unnamed = {
        key[0] for key, name in now.names.items() if key not in before.names or before.names[key].phrase != name.phrase
    }
    known = [i for i in left if i not in changed]
    emptied = connection.scalars(
        sa.text("DELETE FROM core.sense WHERE sense_id = ANY(:ids) RETURNING entity_id"), {"ids": list(vanished)}
    ).all()
    settle(connection, run_id, (moved | changed | unnamed) - vanished, refresh=known, before=before)
    drop_entities(connection, [i for i in emptied if i])


# ------------------------------------------------------------------------------------------------- what the rules say


class _Joining:
    """The rules, applied to the blocks of senses that changed."""

    def __init__(
        self, connection: sa.Connection, run_id: UUID | None, changed: Collection[UUID], vanished: Collection[UUID]
    ) -> None:
        self._connection = connection
        self._run_id = run_id
        self._changed = list(changed)
        self._vanished = set(vanished)
        self._names = load_names()
        self._found: dict[UUID, Joined] = {}
        self._crowds: set[str] = set()

    def join(self, phrases: Collection[str]) -> set[UUID]:
        """Decide anew, write what is decided otherwise, and return the senses that it concerns.

        Args:
            phrases: short names that articles now use for other senses than before.
        """
        changed = self._load("WHERE sense_id = ANY(:ids)", ids=self._changed)
        blocks = self._load(
            "WHERE block = ANY(:blocks)", blocks=sorted({r.block for r in changed if r.block and not r.is_curated})
        )
        found: dict[str, Joined] = {}
        for members in _by(blocks, "block").values():
            found.update(join_block([_sense(r) for r in members]))
        self._found = {r.sense_id: found[r.sense_key] for r in blocks}
        # What points elsewhere and still stands for its group is looked at below, where that is decided anew.
        kept = {r.sense_id for r in blocks if r.attached_id and found[r.sense_key].key == r.sense_key}
        moved = self._write({i: j for i, j in self._found.items() if i not in kept}, {})
        self._attach([r for r in changed if r.sense_id not in self._vanished], changed, blocks, moved, set(phrases))
        return moved

    def _attach(
        self,
        here: Sequence[Any],
        changed: Sequence[Any],
        blocks: Sequence[Any],
        moved: set[UUID],
        phrases: set[str],
    ) -> None:
        """Decide where the short names point that the changes may concern."""
        unsettled = {r.sense_id for r in changed} | moved
        families = {r.family for r in [*changed, *blocks] if r.family and not r.is_short and r.sense_id in unsettled}
        phrases |= set(
            self._connection.scalars(
                sa.text(
                    "SELECT DISTINCT phrase FROM core.sense_name WHERE sense_id = ANY(:ids) AND rule = ANY(:rules)"
                ),
                {"ids": list(unsettled), "rules": list(INTRODUCING)},
            )
        )
        asked = {r.sense_id: r for r in here if r.is_short}
        asked |= {r.sense_id: r for r in self._load(_SHORT_OF, families=sorted(families))}
        # A sense that was joined to another one points where that one does.
        named = self._load(_NAMED, names=sorted(phrases)) if phrases else []
        asked |= {
            r.sense_id: r for r in [*named, *self._load("WHERE sense_id = ANY(:ids)", ids=[b.sense_id for b in blocks])]
        }
        rows = [r for r in asked.values() if r.is_short or r.group_id == r.sense_id]
        bearers = self._bearers(rows)
        found: dict[UUID, Joined] = {}
        attached: dict[UUID, UUID | None] = {}
        for row in sorted(rows, key=lambda r: r.sense_key):
            joined, is_attached = attach(_sense(row), bearers[row.sense_id], is_crowd=self._is_crowd(row))
            if is_attached:
                attached[row.sense_id] = ids.of_text(joined.key)
                joined = Joined(row.sense_key, joined.rule, joined.score)
            elif not row.is_short:
                attached[row.sense_id] = None
                own = self._found.get(row.sense_id) or self._own(row)
                joined = Joined(
                    own.key, own.rule, own.score, own.is_open or joined.is_open, own.candidates or joined.candidates
                )
            else:
                attached[row.sense_id] = None
            found[row.sense_id] = joined
        moved |= self._write(found, attached)

    def _own(self, row: Any) -> Joined:
        """Return what the rules said of a sense of a block that has not changed."""
        block = self._load("WHERE block = :block", block=row.block)
        return join_block([_sense(r) for r in block])[row.sense_key]

    def _bearers(self, rows: Sequence[Any]) -> dict[UUID, list[Bearer]]:
        """Return the entities that each short name may be short for; none of a name that too many bear."""
        families = sorted({r.family for r in rows if _is_surname(r)})
        of_family: dict[str, set[UUID]] = defaultdict(set)
        for family, group_id in self._connection.execute(
            sa.text(_BEARERS),
            {"families": families, "vanished": list(self._vanished), "most": rules.MOST_BEARERS + 1},
        ):
            of_family[family].add(group_id)
        self._crowds = {family for family, borne in of_family.items() if len(borne) > rules.MOST_BEARERS}
        asked = sorted({(r.entity_type, r.name) for r in rows if not self._is_crowd(r)})
        introduced: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        for name, kind, group_id in self._connection.execute(
            sa.text(_INTRODUCED),
            {
                "names": [name for _, name in asked],
                "types": [kind for kind, _ in asked],
                "introducing": list(INTRODUCING),
                "vanished": list(self._vanished),
                "most": rules.MOST_BEARERS + 3,  # one may be its own group, another its own first sense
            },
        ):
            introduced[kind, name].add(group_id)
        few_borne = [borne for family, borne in of_family.items() if family not in self._crowds]
        groups = self._groups(set().union(*few_borne, *introduced.values()))
        found: dict[UUID, list[Bearer]] = {}
        for row in rows:
            given = introduced.get((row.entity_type, row.name), set())
            borne = of_family[row.family] if _is_surname(row) else set()
            found[row.sense_id] = [
                Bearer(g.key, g.words, g.countries, g.fields, g.companions, group_id in given)
                for group_id in given | borne
                if not self._is_crowd(row) and (g := groups.get(group_id)) and group_id != row.group_id
            ]
        return found

    def _is_crowd(self, row: Any) -> bool:
        """Whether so many bear a surname that none of them is looked at."""
        return _is_surname(row) and row.family in self._crowds

    def _groups(self, group_ids: Collection[UUID]) -> dict[UUID, Bearer]:
        rows = self._load("WHERE group_id = ANY(:groups) AND NOT is_short", groups=list(group_ids))
        found = {}
        for group_id, members in _by(rows, "group_id").items():
            first = next((r for r in members if r.sense_id == group_id), None)
            if first is None:
                continue
            senses = [_sense(r) for r in members]
            known = self._names.entities.get(first.sense_key)
            countries = {c for s in senses for c in s.countries | ({s.country} if s.country else set())}
            if known and known.country and known.country != _INTERNATIONAL:
                countries.add(known.country)
            found[group_id] = Bearer(
                first.sense_key,
                words_of(first.name),
                frozenset(countries),
                frozenset().union(*(s.fields for s in senses)),
                frozenset().union(*(s.companions for s in senses)),
            )
        return found

    def _load(self, where: str, **parameters: Any) -> list[Any]:
        rows = self._connection.execute(sa.text(f"{_SENSE} {where}"), parameters)
        return [r for r in rows if r.sense_id not in self._vanished or "ids" in parameters]

    def _write(self, found: Mapping[UUID, Joined], attached: Mapping[UUID, UUID | None]) -> set[UUID]:
        """Write what senses were joined to; return those for which it is something else than before."""
        if not found:
            return set()
        order = sorted(found)
        moved = set(
            self._connection.scalars(
                sa.text(_SET_JOINED),
                {
                    "run_id": self._run_id,
                    "ids": order,
                    "groups": [ids.of_text(found[i].key) for i in order],
                    "attached": [attached.get(i) for i in order],
                    "rules": [found[i].rule for i in order],
                    "scores": [found[i].score for i in order],
                    "open": [found[i].is_open for i in order],
                },
            )
        )
        listed = [(i, c) for i in order for c in found[i].candidates]
        self._connection.execute(
            sa.text(_SET_CANDIDATES),
            {
                "run_id": self._run_id,
                "of": order,
                "ids": [i for i, _ in listed],
                "candidates": [ids.of_text(c.key) for _, c in listed],
                "reasons": [c.reason for _, c in listed],
                "scores": [c.score for _, c in listed],
            },
        )
        return moved


def _is_surname(row: Any) -> bool:
    """Whether a name is a surname by which its bearers can be looked for: not one of those that everybody bears."""
    return bool(row.is_short and not row.is_common and row.family)


def _sense(row: Any) -> Sense:
    return Sense(
        row.sense_key,
        row.entity_type,
        row.name,
        row.country,
        row.field,
        row.is_curated,
        frozenset(row.countries),
        frozenset(row.fields),
        frozenset(map(str, row.companions)),
    )


def _by(rows: Iterable[Any], column: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


# --------------------------------------------------------------------------------------------- what people decided


def settle(
    connection: sa.Connection,
    run_id: UUID | None,
    sense_ids: Collection[UUID],
    *,
    refresh: Collection[UUID] = (),
    before: _Senses | None = None,
) -> None:
    """Make entities of senses as rules and decisions have it, and let names and mentions point there.

    Args:
        run_id: stamps new entities; None, outside of a run, takes the stamps of their senses.
        sense_ids: senses of which something has changed; all that hangs together with them is settled as well.
        refresh: senses of known entities whose row is brought to what the reference data says now.
        before: what the warehouse held before the change, where names have changed.
    """
    tied = _Tied(connection, sense_ids)
    now = _names(connection, {*tied.senses, *(before.ids if before else ())})
    then = now if before is None else {**{k: v for k, v in now.items() if k[0] not in before.ids}, **before.names}
    senses, names = tied.settled(now)
    after = {key: names.get(key, name) for key, name in now.items()}
    changed = [key for key in then.keys() | after.keys() if then.get(key) != after.get(key)]
    asked = [i for i in sense_ids if i in tied.senses]
    touched = {name.entity_id for key in changed for name in (then.get(key), after.get(key)) if name}
    touched |= {tied.senses[i].entity_id for i in asked} | {senses[i] for i in asked}
    staging = Staging(connection, "core.entity")
    settled = {e for e in (*senses.values(), *(name.entity_id for name in names.values())) if e}
    staging.copy("core.entity", [*tied.entities(settled, run_id), *_known_anew(connection, refresh, settled, run_id)])
    staging.merge("core.entity")
    _write_settled(connection, senses, {key: names[key] for key in names if names[key] != now[key]})
    ids_ = {"ids": sorted(i for i in touched if i)}
    connection.exec_driver_sql(_TOUCHED_ENTITIES)
    connection.execute(sa.text("INSERT INTO stage_touched SELECT unnest(CAST(:ids AS uuid[]))"), ids_)
    connection.exec_driver_sql("ANALYZE stage_touched")
    staging.merge("core.entity_name")
    connection.execute(sa.text(_SHOW_NAMES))
    drop_entities(connection, ids_["ids"])
    connection.exec_driver_sql("TRUNCATE stage_entity, stage_touched")  # a transaction may settle again


def drop_entities(connection: sa.Connection, entity_ids: Sequence[UUID]) -> None:
    """Delete those of these entities to which nothing points any more."""
    connection.execute(sa.text(_DROP_ENTITIES), {"ids": list(entity_ids)})


def _write_settled(
    connection: sa.Connection, senses: Mapping[UUID, UUID | None], names: Mapping[tuple[UUID, str], _Name]
) -> None:
    order = sorted(senses)
    connection.execute(sa.text(_SET_ENTITIES), {"ids": order, "entities": [senses[i] for i in order]})
    keys = sorted(names)
    pairs = {
        "ids": [i for i, _ in keys],
        "names": [name for _, name in keys],
        "entities": [names[key].entity_id for key in keys],
    }
    connection.execute(sa.text(_SET_NAMES), {**pairs, "decided": [names[key].is_decided for key in keys]})
    connection.execute(sa.text(_SET_MENTIONS), pairs)


def _known_anew(
    connection: sa.Connection, sense_ids: Collection[UUID], settled: Collection[UUID], run_id: UUID | None
) -> list[dict[str, Any]]:
    """Return the rows of known entities as the reference data has them now; a name that a person decided stays."""
    rows = connection.execute(
        sa.text(
            "SELECT s.sense_id, s.sense_key, s.entity_type, s.is_curated, s.country, s.name AS folded, s.run_id,"
            " e.name, e.is_renamed FROM core.sense AS s JOIN core.entity AS e USING (entity_id)"
            " WHERE s.sense_id = ANY(:ids) AND s.entity_id = s.sense_id AND s.is_curated"
        ),
        {"ids": list(sense_ids)},
    )
    names = load_names()
    return [
        _entity(row, names, row.name if row.is_renamed else None, run_id) for row in rows if row.sense_id not in settled
    ]


def _entity(row: Any, names: Names, renamed: str | None, run_id: UUID | None) -> dict[str, Any]:
    """Return the row of the entity that a sense stands for."""
    known = names.entities.get(row.sense_key)
    latitude, longitude = known.point if known and known.point else (None, None)
    country = known.country if known else row.country
    return {
        "entity_id": row.sense_id,
        "entity_key": row.sense_key,
        "entity_type": row.entity_type,
        "name": renamed or (known.name if known else row.name),
        "is_curated": known is not None,
        "is_renamed": renamed is not None,
        "kind": known.kind or None if known else None,
        "country": None if country == _INTERNATIONAL else country,
        "wikidata_id": known.wikidata if known else None,
        "geonames_id": known.geonames if known else None,
        "latitude": latitude,
        "longitude": longitude,
        "run_id": run_id or row.run_id,
    }


def set_apart_key(kind: str, name: str, decision_id: int) -> str:
    """Return the key of the sense that a split makes of a name."""
    return f"{kind}/{nominative(phrase(name))}#{decision_id}"


class _Tied:
    """Senses and all that rules and decisions tie them to, with the decisions that hold among them."""

    def __init__(self, connection: sa.Connection, sense_ids: Collection[UUID]) -> None:
        self.senses: dict[UUID, Any] = {}
        self._decisions: dict[int, Any] = {}
        new = connection.execute(sa.text(f"{_SENSE} WHERE sense_id = ANY(:ids)"), {"ids": list(sense_ids)}).all()
        while new:
            self.senses |= {row.sense_id: row for row in new}
            keys = {row.sense_key for row in new}
            for decision in connection.execute(sa.text(_DECISIONS), {"keys": list(keys)}):
                self._decisions[decision.decision_id] = decision
                keys |= {key for key in (decision.entity_key, decision.other_key) if key}
                if decision.kind == "split":
                    kind = decision.entity_key.partition("/")[0]
                    keys.add(set_apart_key(kind, decision.name, decision.decision_id))
            groups = {i for row in new for i in (row.group_id, row.attached_id) if i}
            rows = connection.execute(sa.text(f"{_SENSE} {_CLOSURE}"), {"groups": list(groups), "keys": list(keys)})
            new = [row for row in rows if row.sense_id not in self.senses]
        self._by_key = {row.sense_key: row for row in self.senses.values()}

    def settled(
        self, now: Mapping[tuple[UUID, str], _Name]
    ) -> tuple[dict[UUID, UUID | None], dict[tuple[UUID, str], _Name]]:
        """Return the entity of each sense, and each of its names with its entity."""
        by_rules = self._roots(self._pointers(decided=False))
        final = self._roots(self._pointers(decided=True))
        # What names point to before joins by people are followed: the group that the rules make, or a sense set apart.
        node = {i: by_rules[row.group_id] for i, row in self.senses.items()}
        node_of_name: dict[tuple[UUID, str], UUID | None] = {}
        rejected: set[UUID] = set()
        for decision in sorted(self._decisions.values(), key=lambda d: d.decision_id):
            about = self._by_key.get(decision.entity_key)
            if about is None or decision.kind in ("join", "rename"):
                continue
            here = final[about.group_id]
            if decision.kind == "not_a_name" and decision.name is None:
                rejected.add(node[about.sense_id] if "#" not in about.sense_key else about.sense_id)
                continue
            key = set_apart_key(about.entity_type, decision.name, decision.decision_id)
            apart = self._by_key[key].sense_id if decision.kind == "split" and key in self._by_key else None
            name = nominative(phrase(decision.name))
            members = {i for i, row in self.senses.items() if final[row.group_id] == here}
            # Where the name is a sense of its own, that is meant; else all mentions spelled so.
            whole = {i for i in members if self.senses[i].name == name and i != here}
            for sense_id, spelling in now:
                if sense_id in whole or (not whole and sense_id in members and now[sense_id, spelling].phrase == name):
                    node_of_name[sense_id, spelling] = apart
            if apart is not None:
                node.update(dict.fromkeys(whole, apart))

        def entity(to: UUID | None) -> UUID | None:
            return None if to is None or to in rejected else final[to]

        names: dict[tuple[UUID, str], _Name] = {}
        for (sense_id, spelling), name_ in now.items():
            if sense_id in self.senses:
                points = entity(node_of_name.get((sense_id, spelling), node[sense_id]))
                decided = points != by_rules[self.senses[sense_id].group_id]
                names[sense_id, spelling] = name_._replace(entity_id=points, is_decided=decided)
        return {i: entity(to) for i, to in node.items()}, names

    def entities(self, settled: Collection[UUID], run_id: UUID | None) -> list[dict[str, Any]]:
        """Return the rows of the entities that the senses given stand for."""
        final = self._roots(self._pointers(decided=True))
        renamed: dict[UUID, str] = {}
        for decision in sorted(self._decisions.values(), key=lambda d: d.decision_id):
            about = self._by_key.get(decision.entity_key)
            if decision.kind == "rename" and about is not None:
                renamed[final[about.group_id]] = decision.name
        names = load_names()
        return [_entity(self.senses[i], names, renamed.get(i), run_id) for i in sorted(settled)]

    def _pointers(self, *, decided: bool) -> dict[UUID, UUID]:
        """Return where groups point: short names to what they mean, joined ones to what a person made them part of."""
        points = {i: row.attached_id for i, row in self.senses.items() if row.attached_id and row.group_id == i}
        for decision in sorted(self._decisions.values(), key=lambda d: d.decision_id) if decided else ():
            into, other = self._by_key.get(decision.entity_key), self._by_key.get(decision.other_key)
            if decision.kind == "join" and into and other and into.group_id != other.group_id:
                points[other.group_id] = into.group_id
        return points

    def _roots(self, points: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
        """Return for each group the one that names all that hangs together with it: the one that points nowhere."""
        parts: dict[UUID, set[UUID]] = {row.group_id: {row.group_id} for row in self.senses.values()}
        for group, to in points.items():
            merged = parts.setdefault(group, {group}) | parts.setdefault(to, {to})
            for member in merged:
                parts[member] = merged
        roots = {}
        for group, members in parts.items():
            last = [m for m in members if m not in points and m in self.senses] or [
                m for m in members if m in self.senses
            ]
            roots[group] = min(last, key=lambda m: (not self.senses[m].is_curated, self.senses[m].sense_key))
        return roots
