"""Measures recognisers on annotated text and holds them to floors that only rise.

    python tests/annotating/evaluate_names.py [--data ../shared] [--engine neural] [--raise] [--errors]

Mentions count as found when start, end and type agree. The texts: the labelled pages (`gold/README.md` says what is
optional and what is ignored there), pages of this repository, out of the corpora's domain (`open_names.txt`), the dev
cut of ANERcorp (last 15 % of the train sentences, BIO labels compared) and AQMAR dev. ANERcorp and AQMAR draw some
borders otherwise than Rasd does (clitics inside, some titles inside), so there the tags of the recogniser itself are
compared. On ANERcorp dev its confidence is measured as well: how far it lies from the share of mentions that are right
(expected calibration error), for each fifth of the scale.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from floors import below, lifted, told  # noqa: E402
from gold import gold_pages, labelled_stretches  # noqa: E402
from open_names import labelled_pages, parts  # noqa: E402
from rasd.annotating.annotate import annotate  # noqa: E402
from rasd.annotating.engines import load_recogniser  # noqa: E402
from rasd.annotating.model import ENTITY_TYPES, EntityType, Mention, Recogniser  # noqa: E402
from rasd.training.corpora import Sentence, read_bio  # noqa: E402
from rasd.training.score import Score, reliability, score_bio  # noqa: E402

_DEV_SHARE = 0.15


def score_page(gold: Mapping[str, Any], found: Sequence[Mention], into: Score) -> tuple[list[Mention], list[Any]]:
    """Add a page's counts; return what was found wrongly and what was missed."""
    wanted: dict[tuple[int, int], tuple[str, set[str]]] = {}
    optional: set[tuple[int, int]] = set()
    for entity in gold["entities"]:
        for mention in entity["mentions"]:
            span = (mention["start"], mention["end"])
            if mention["status"] == "required":
                wanted[span] = (entity["type"], {entity["type"], *(entity.get("alt_types") or ())})
            else:
                optional.add(span)
    ignored = [(r["start"], r["end"]) for r in gold["ignore_regions"]]
    into.wanted.update(kind for kind, _ in wanted.values())
    wrong, hit = [], set()
    for mention in found:
        span = (mention.start, mention.end)
        if span in wanted and mention.type in wanted[span][1]:
            kind = wanted[span][0]
            into.right[kind] += 1
            into.found[kind] += 1
            hit.add(span)
        elif span in optional or (not _overlaps(span, wanted) and _overlaps(span, [*ignored, *optional])):
            continue
        else:
            into.found[mention.type] += 1
            wrong.append(mention)
    return wrong, [(span, kind) for span, (kind, _) in wanted.items() if span not in hit]


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def score_gold(data: Path, recogniser: Recogniser, errors: list[str] | None = None) -> Score:
    """Return the score on the gold pages; with `errors`, what was wrong is told there."""
    score = Score()
    for text, gold in gold_pages(data):
        ranges = labelled_stretches(text, gold)
        annotated = annotate([text[start:end] for start, end in ranges], recogniser)
        found = [
            Mention(m.type, m.start + start, m.end + start, m.surface, m.prefix, m.confidence)
            for (start, _), mentions in zip(ranges, annotated, strict=True)
            for m in mentions
        ]
        wrong, missed = score_page(gold, found, score)
        if errors is not None:
            errors += [f"{gold['file']} +{m.type} {m.surface!r} [{m.start}, {m.end})" for m in wrong]
            errors += [f"{gold['file']} -{kind} {text[a:b]!r} [{a}, {b})" for (a, b), kind in missed]
    return score


def score_open(part: str, recogniser: Recogniser, errors: list[str] | None = None) -> Score:
    """Return the score on the pages of a part of `open_names.txt`; with `errors`, what was wrong is told there."""
    score = Score()
    for page, text, named in labelled_pages(part):
        left = {(m.start, m.end): m for m in annotate([text], recogniser)[0]}
        for name in named:
            hit = next((s for s in name.spans if s in left and left[s].type in name.types), None)
            if name.is_required:
                score.wanted[name.types[0]] += 1
            if hit is not None and name.is_required:
                score.right[name.types[0]] += 1
                score.found[name.types[0]] += 1
            elif name.is_required and errors is not None:
                a, b = name.spans[0]
                errors.append(f"{page} -{name.types[0]} {text[a:b]!r} [{a}, {b})")
            left = {s: m for s, m in left.items() if s != hit and (name.is_required or not _overlaps(s, name.spans))}
        for span, mention in left.items():
            score.found[mention.type] += 1
            if errors is not None:
                errors.append(f"{page} +{mention.type} {mention.surface!r} [{span[0]}, {span[1]})")
    return score


def dev_sentences(data: Path) -> list[list[tuple[str, str]]]:
    """Return the dev cut of ANERcorp: words with labels."""
    train = read_bio(data / "ner" / "anercorp" / "train.txt")
    return train[len(train) - round(len(train) * _DEV_SHARE) :]


def calibration(data: Path, recogniser: Recogniser) -> dict[str, Any]:
    """Return the reliability of the confidence on ANERcorp dev (`rasd.training.score.reliability`)."""
    dev = [Sentence(tuple(w for w, _ in s), tuple(label for _, label in s)) for s in dev_sentences(data)]
    return reliability(recogniser, dev)


def believable(believed: Mapping[str, Any]) -> float:
    """Return 100 less the expected calibration error in per cent: a figure that may only rise, as the others."""
    return round(100 * (1 - float(believed["calibration_error"])), 1)


def scores(data: Path, recogniser: Recogniser, errors: list[str] | None = None) -> dict[str, Score]:
    """Return the scores on all texts, by name."""
    return {
        "gold pages": score_gold(data, recogniser, errors),
        **{f"open pages, {part}": score_open(part, recogniser, errors) for part in parts()},
        "ANERcorp dev": score_bio(dev_sentences(data), recogniser),
        "AQMAR dev": score_bio(read_bio(data / "ner" / "aqmar" / "dev.txt"), recogniser),
    }


# --------------------------------------------------------------------------------------------------------- reporting


def figures(measured: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    """Return F1 by text and type, rounded to a tenth of a point as floors are kept."""
    kinds: list[EntityType | None] = [None, *ENTITY_TYPES]
    return {
        text: {kind or "all": round(score.measures(kind)[2], 1) for kind in kinds} for text, score in measured.items()
    }


def _table(measured: Mapping[str, Score]) -> str:
    lines = [f"{'text':18} {'type':5} {'precision':>9} {'recall':>7} {'F1':>6} {'mentions':>9}"]
    for text, score in measured.items():
        for kind in (None, *ENTITY_TYPES):
            precision, recall, f1 = score.measures(kind)
            count = sum(score.wanted.values()) if kind is None else score.wanted[kind]
            lines.append(f"{text:18} {kind or 'all':5} {precision:9.1f} {recall:7.1f} {f1:6.1f} {count:9}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures; return 1 if one of them is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder that holds gold, seeds and ner")
    parser.add_argument("--engine", default=None, help="recogniser, as RASD_RECOGNISER names it")
    parser.add_argument("--floors", type=Path, default=HERE / "floors.json", help="F1 that must be kept")
    parser.add_argument("--raise", dest="lift", action="store_true", help="write floors up to what was measured")
    parser.add_argument("--errors", action="store_true", help="tell what is wrong on the gold and open pages")
    given = parser.parse_args(arguments)
    recogniser = load_recogniser(given.engine)
    errors: list[str] = []
    measured = scores(given.data, recogniser, errors)
    print(f"{recogniser.engine} {recogniser.model} {recogniser.version}\n{_table(measured)}")
    believed = calibration(given.data, recogniser)
    print("confidence: mean, share right, mentions")
    for mean, right, count in believed["reliability"]:
        print(f"{mean:11.2f} {right:12.2f} {count:9}")
    print(f"expected calibration error {believed['calibration_error']:.4f}")
    if given.errors:
        print("\n".join(errors))
    floors = cast(dict[str, Any], json.loads(given.floors.read_text("utf-8")) if given.floors.exists() else {})
    mine, now = floors.get(recogniser.engine, {}), figures(measured)
    # A floor as the others: how much of the confidence can be believed.
    now["ANERcorp dev"]["confidence"] = believable(believed)
    if given.lift:
        floors[recogniser.engine] = lifted(mine, now)
        given.floors.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return told(below(mine, now))


if __name__ == "__main__":
    sys.exit(main())
