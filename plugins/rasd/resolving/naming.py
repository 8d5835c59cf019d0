"""From what an article names to senses: the names that meet those of other articles, each with its setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rasd.annotating.names import Names, load_names, phrase
from rasd.resolving.context import Part, Setting, companions, is_common, is_short, settings, telling
from rasd.resolving.document import Resolved
from rasd.resolving.joining import Sense, sense_key
from rasd.resolving.spelling import words_of


@dataclass(frozen=True, slots=True)
class Naming:
    """How an article names one of its entities: the sense, the setting, the keys of telling companions."""

    sense: Sense
    setting: Setting
    companions: tuple[str, ...] = ()


def namings(parts: Sequence[Part], background: Sequence[str] = (), names: Names | None = None) -> dict[str, Naming]:
    """Return the namings of an article by the key that `rasd.resolving.document` gave the entity.

    Args:
        parts: headline and body with what they name.
        background: countries of the article's datelines and outlets.
    """
    names = names or load_names()
    entities = [entity for part in parts for entity in part.entities]
    by_key = {entity.key: entity for entity in entities}
    told = {e.key for e in by_key.values() if not e.is_curated and (e.type == "PER" or _is_common(e))}
    found = settings(parts, told, background, names)
    company = telling(entities, names) if told else []
    namings_: dict[str, Naming] = {}
    for key, entity in by_key.items():
        if entity.is_curated:
            namings_[key] = Naming(known_sense(key, names), Setting())
            continue
        setting = found.get(key, Setting())
        beside = tuple(companions(company, key)) if key in told else ()
        namings_[key] = Naming(_sense(entity, setting), setting, beside)
    return namings_


def known_sense(key: str, names: Names) -> Sense:
    """Return the sense of an entity that the reference data knows."""
    known = names.entities[key]
    return Sense(key, known.type, phrase(known.name), is_curated=True)


def _sense(entity: Resolved, setting: Setting) -> Sense:
    name = entity.key.partition("/")[2]
    if entity.type == "PER" and is_short("PER", words_of(name)):
        setting = Setting(setting.country)
    elif not _is_common(entity):
        setting = Setting()
    elif entity.type != "PER":
        setting = Setting(setting.country)
    return Sense(sense_key(entity.type, name, *setting), entity.type, name, *setting)


def _is_common(entity: Resolved) -> bool:
    name = entity.key.partition("/")[2]
    return is_common(entity.type, name, words_of(name))
