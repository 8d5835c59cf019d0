"""Names remembered within an article: what was found once is found again where the recogniser missed it.

A recogniser that sees one sentence at a time is sure of وئام الجريدي and misses قالت الجريدي two sentences on. Here the
names that an article surely holds are looked for in the rest of it: whole, and a person's by the last name alone. The
memory is that of one article, so its names depend on nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rasd.annotating.model import EntityType, Mention
from rasd.annotating.names import Names, arabic_names, phrase, stems
from rasd.arabic.tokens import Token

# How sure a mention must be to be remembered, one of a single word more so; how much less sure the name is where it
# was missed.
_SURE = 0.6
_SURE_ALONE = 0.75
_LESS = 0.8
# A shorter word is too often another one.
_SHORTEST = 4
# Two words that make one last name.
_BEGIN_LAST = frozenset({"ابو", "ابي", "ابا", "بن", "ال", "عبد", "ولد"})

_Memory = dict[tuple[str, ...], tuple[EntityType, float]]


def remembered(
    texts: Sequence[str],
    sentences: Sequence[Sequence[Sequence[Token]]],
    found: Sequence[Sequence[Mention]],
    names: Names,
) -> list[list[Mention]]:
    """Return the mentions of an article's parts with those that its memory adds, in order of place.

    Args:
        texts: the parts of the article (headline, body).
        sentences: the tokens of each sentence of each part.
        found: the mentions of each part.
        names: the known names, whose adjectives are no last names.
    """
    memory = _memory([mention for part in found for mention in part])
    if not memory:
        return [list(part) for part in found]
    longest = max(len(words) for words in memory)
    firsts = {words[0] for words in memory}
    return [
        sorted([*part, *_missed(text, tokens, part, memory, firsts, longest, names)], key=lambda m: m.start)
        for text, tokens, part in zip(texts, sentences, found, strict=True)
    ]


def _memory(mentions: Sequence[Mention]) -> _Memory:
    """Return the names to look for, as folded words, with their type and how sure it is."""
    types: dict[tuple[str, ...], dict[EntityType, float]] = defaultdict(dict)
    for mention in mentions:
        words = _words(mention)
        if mention.confidence < (_SURE if len(words) > 1 else _SURE_ALONE):
            continue
        for name in _names_of(words, mention.type):
            types[name][mention.type] = max(mention.confidence, types[name].get(mention.type, 0.0))
    # A name that stands for two things in one article (a city and its club) is left to the recogniser.
    return {name: next(iter(of.items())) for name, of in types.items() if len(of) == 1}


def _names_of(words: tuple[str, ...], kind: EntityType) -> list[tuple[str, ...]]:
    if kind == "MISC":
        return []
    if len(words) == 1:
        return [words] if len(words[0]) >= _SHORTEST and words[0] not in arabic_names() else []
    if kind != "PER":
        return [words]
    last = words[-2:] if len(words) > 2 and words[-2] in _BEGIN_LAST else words[-1:]
    is_own = len(last) > 1 or (len(last[0]) >= _SHORTEST and last[0] not in arabic_names())
    return [words, last] if is_own else [words]


def _missed(
    text: str,
    sentences: Sequence[Sequence[Token]],
    found: Sequence[Mention],
    memory: _Memory,
    firsts: set[str],
    longest: int,
    names: Names,
) -> list[Mention]:
    taken = {offset for mention in found for offset in range(mention.start, mention.end)}
    added = []
    for tokens in sentences:
        at = 0
        while at < len(tokens):
            mention = _at(text, tokens, at, memory, firsts, longest, names)
            if mention is None or any(offset in taken for offset in range(mention.start, mention.end)):
                at += 1
                continue
            added.append(mention)
            at += 1 + sum(1 for t in tokens[at + 1 :] if t.start < mention.end)
    return added


def _at(
    text: str, tokens: Sequence[Token], at: int, memory: _Memory, firsts: set[str], longest: int, names: Names
) -> Mention | None:
    for length, first in stems(tokens[at].text):
        if first not in firsts:
            continue
        rest = tuple(stems(token.text)[0][1] for token in tokens[at + 1 : at + longest])
        for n in range(min(longest, len(tokens) - at), 0, -1):
            known = memory.get((first, *rest[: n - 1]))
            if known is None or (n == 1 and _is_adjective(first, tokens[:at], names)):
                continue
            start, end = tokens[at].start + length, tokens[at + n - 1].end
            kind, confidence = known
            prefix = text[tokens[at].start : start]
            return Mention(kind, start, end, text[start:end], prefix, round(_LESS * confidence, 4))
    return None


def _is_adjective(word: str, before: Sequence[Token], names: Names) -> bool:
    """Whether a word that is a relational adjective too is one here: الشعب المصري."""
    if names.demonym(word) is None:
        return False
    return not before or any(stem.startswith("ال") for _, stem in stems(before[-1].text))


def _words(mention: Mention) -> tuple[str, ...]:
    return tuple(phrase(mention.surface).split(" "))
