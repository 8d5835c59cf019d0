"""Finds the names in texts: sentences, tokens, tags of a recogniser, mentions with exact offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from rasd import resources
from rasd.annotating.announced import announced, first_words, is_money, is_none
from rasd.annotating.model import Chunk, Demonym, EntityType, Mention, Recogniser, Tag, chunks
from rasd.annotating.names import Names, lines, load_names, stems
from rasd.annotating.remembered import remembered
from rasd.arabic.clitics import CONJUNCTIONS
from rasd.arabic.sentences import split_sentences
from rasd.arabic.tokens import Token, tokenize

# Another version of the rules in this room may cut other mentions from the same tags.
ANNOTATOR_VERSION = "2"


def annotate(texts: Sequence[str], recogniser: Recogniser, names: Names | None = None) -> list[list[Mention]]:
    """Return the names in each text, each text an article of one part: see `annotate_articles`."""
    return [parts[0] for parts in annotate_articles([[text] for text in texts], recogniser, names)]


def annotate_articles(
    articles: Sequence[Sequence[str]], recogniser: Recogniser, names: Names | None = None
) -> list[list[list[Mention]]]:
    """Return the names in each part (headline, body) of each article, in order of place and without overlap.

    All sentences of all articles go to the recogniser in one batch. To what it finds come names that their own words
    announce (`rasd.annotating.announced`) and those that the article remembers (`rasd.annotating.remembered`). A
    mention leaves out proclitics (`prefix`), titles and descriptions before the name (الرئيس, صحيفة;
    `seeds/names/titles.csv`) and punctuation around it; a relational adjective (الروسي) is none: `find_demonyms` has
    those. The mentions of an article do not depend on the other articles.
    """
    names = names or load_names()
    sentences = [[[tokenize(part, *span) for span in split_sentences(part)] for part in parts] for parts in articles]
    words = [[token.text for token in tokens] for parts in sentences for part in parts for tokens in part]
    tagged = iter(recogniser.tag(words))
    found = []
    for parts, tokenized in zip(articles, sentences, strict=True):
        first = [_found(text, tokens, tagged, names) for text, tokens in zip(parts, tokenized, strict=True)]
        found.append(remembered(parts, tokenized, first, names))
    return found


def _found(text: str, sentences: list[list[Token]], tagged: Iterator[list[Tag]], names: Names) -> list[Mention]:
    """Return the mentions of a text, taking the tags of its sentences."""
    alone = {stems(token.text)[0][1] for tokens in sentences for token in tokens}
    mentions: list[Mention] = []
    for tokens in sentences:
        for chunk in announced([token.text for token in tokens], chunks(next(tagged)), names):
            mention = _mention(text, tokens, chunk, names, alone)
            if mention is not None:
                mentions.append(mention)
    return mentions


def find_demonyms(text: str, mentions: Sequence[Mention] = (), names: Names | None = None) -> list[Demonym]:
    """Return the relational adjectives of a text (السعودي, الروسية) that stand in none of the mentions given."""
    names = names or load_names()
    taken = {offset for mention in mentions for offset in range(mention.start, mention.end)}
    found = []
    for span in split_sentences(text):
        tokens = tokenize(text, *span)
        for match in names.adjectives([token.text for token in tokens]):
            first, end = tokens[match.start], tokens[match.end - 1].end
            start = first.start + match.prefix
            if start not in taken:
                prefix = text[first.start : start]
                found.append(Demonym(match.forms[0].key, start, end, text[start:end], prefix))
    return found


def _mention(text: str, sentence: list[Token], chunk: Chunk, names: Names, alone: set[str]) -> Mention | None:
    """Return the mention that a tagged run of tokens holds, or None where nothing of a name is left."""
    first, end = chunk.start, chunk.end
    while first < end and not _is_word(sentence[end - 1].text):
        end -= 1
    # A proclitic that a quotation mark cuts off (و"فيفيان يي") is a token of its own.
    while first < end and (not _is_word(sentence[first].text) or (end - first > 1 and sentence[first].text in "وفبلك")):
        first += 1
    if first == end:
        return None
    words = [stems(token.text)[0][1] for token in sentence[first:end]]
    length = proclitics(sentence[first].text, words[1:], chunk.type, names, alone)
    words[0] = next(stem for n, stem in stems(sentence[first].text) if n == length)
    skipped = names.untitled(chunk.type, words)
    # الكازاخستاني قاسم جومارت توكاييف: the adjective belongs to the title before it.
    if chunk.type == "PER" and skipped + 2 < len(words) and names.demonym(words[skipped]):
        skipped += 1
    if skipped:
        first, words, length = first + skipped, words[skipped:], 0
    before = stems(sentence[first - 1].text)[0][1] if first and not length else ""
    if is_none(chunk, words) or is_money(words, before, names):
        return None
    if chunk.type in ("LOC", "MISC") and names.demonym(" ".join(words)) and not names.lookup(" ".join(words)):
        return None
    token = sentence[first]
    start, stop = token.start + length, sentence[end - 1].end
    title = _title(text, sentence[:first], chunk.type, names) if not length else ""
    return Mention(chunk.type, start, stop, text[start:stop], text[token.start : start], chunk.confidence, title)


def _title(text: str, before: list[Token], kind: EntityType, names: Names) -> str:
    """Return the words right before a name that are titles or descriptions of it (`titles.csv`), as written."""
    start = end = len(before)
    skipped = 0
    while start and not skipped:
        for length in (3, 2, 1):
            tokens = before[max(start - length, 0) : start]
            tail = [stems(token.text)[0][1] for token in tokens[1:]]
            titled = [n for n, stem in stems(tokens[0].text) if (kind, " ".join([stem, *tail])) in names.titles]
            if titled:
                start, skipped = start - len(tokens), titled[0]
                break
        else:
            break
    return text[before[start].start + skipped : before[end - 1].end] if start < end else ""


def _is_word(token: str) -> bool:
    return any(c.isalnum() and c != "ـ" for c in token)


def proclitics(first: str, rest: Sequence[str], kind: EntityType, names: Names, alone: set[str]) -> int:
    """Return how many characters at the start of a name's first token are proclitics.

    Asked in this order: the known names, the article (بالخارجية, للأمم), words known to begin names, the words that
    stand in the same text without a proclitic (`alone`, folded). Where nothing is known, و is a conjunction and other
    letters are the name's own.
    """
    readings = stems(first)
    if len(readings) == 1:
        return 0
    tail = "".join(f" {word}" for word in rest)
    for length, stem in readings:
        if any(form.key.startswith(kind) for form in names.lookup(stem + tail)):
            return length
    whole = readings[0][1]
    known = _name_words()
    if whole not in known:
        for length, stem in readings[1:]:
            if stem.startswith("ال") and len(stem) > 4:
                return length
    if whole in known:
        return 0
    for length, stem in readings[1:]:
        if stem in known or stem in alone:
            return length
    return readings[1][0] if whole[0] == CONJUNCTIONS[0] else 0


def _name_words() -> frozenset[str]:
    return _read_name_words(resources.seeds())


@lru_cache(maxsize=2)
def _read_name_words(seeds: Path) -> frozenset[str]:  # noqa: ARG001 (another folder, another list)
    return frozenset(line for _, line in lines("name_words.txt")) | first_words()
