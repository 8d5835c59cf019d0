"""Measures the recognisers: tokens per second on one core, load time, memory; against BERT-base in the same run.

    python benchmarks/entities.py [--pages 300 | --text FILE]

Tokens come from generated pages, whose stock of words is small, or from a text of your own (plain or .xz). Each
engine runs in a process of its own, pinned to one core, timed by CPU seconds on text it has not seen before.
camel-tools' recogniser is not downloaded for this: a BERT-base of random weights has its shape, and so its speed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

ENGINES = ("default", "neural", "gazetteer", "bert-base")
# A transformer is so much slower that a part of the text says enough.
_BERT_SENTENCES = 40


def sentences(pages: int, text_file: str | None) -> list[list[str]]:
    from rasd.arabic.sentences import split_sentences
    from rasd.arabic.tokens import tokenize

    if text_file:
        with (lzma.open if text_file.endswith(".xz") else open)(text_file, "rt", encoding="utf-8") as lines:
            texts = [lines.read(2_000_000)]
    else:
        from pages import generate

        texts = [page.text[start:end] for page in generate(count=pages, seed=11) for start, end in page.body]
    return [[t.text for t in tokenize(text, *span)] for text in texts for span in split_sentences(text)]


def bert_base() -> Callable[[Sequence[Sequence[str]]], object]:
    """Return a tagger of the shape of camel-tools' own: BERT-base token classification, fp32, one thread."""
    import torch
    from transformers import BertConfig, BertForTokenClassification

    torch.set_num_threads(1)
    net = BertForTokenClassification(BertConfig(vocab_size=30_000, num_labels=9)).eval()
    pieces_per_word = 1.4  # of CAMeLBERT's word pieces on news

    def tag(batch: Sequence[Sequence[str]]) -> None:
        with torch.inference_mode():
            for start in range(0, len(batch), 32):
                longest = max(len(s) for s in batch[start : start + 32])
                length = min(512, int(longest * pieces_per_word) + 2)
                net(torch.randint(0, 30_000, (len(batch[start : start + 32]), length)))

    return tag


def measure(engine: str, pages: int, text_file: str | None) -> None:
    """Print the figures of one engine; run in a process of its own."""
    text = sentences(pages, text_file)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    if engine == "bert-base":
        tag = bert_base()
        text = text[:_BERT_SENTENCES]
    else:
        from rasd.annotating import load_recogniser

        tag = load_recogniser(engine).tag
    loaded = time.process_time()
    tag(text)
    done = time.process_time()
    print(
        json.dumps(
            {
                "tokens": sum(map(len, text)),
                "load": loaded - start,
                "seconds": done - loaded,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "before": before / 1024,
            }
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--text", help="a text of your own, plain or .xz")
    parser.add_argument("--engine", choices=ENGINES, help="measure only this one, in this process")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if arguments.engine:
        measure(arguments.engine, arguments.pages, arguments.text)
        return
    figures = {}
    for engine in ENGINES:
        command = [sys.executable, __file__, "--pages", str(arguments.pages), "--engine", engine]
        command += ["--text", arguments.text] if arguments.text else []
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        figures[engine] = json.loads(result.stdout.splitlines()[-1])
    slowest = figures["bert-base"]["tokens"] / figures["bert-base"]["seconds"]
    print("| engine | tokens per CPU second | times BERT-base | loads in, s | peak memory, MiB |")
    print("| --- | --- | --- | --- | --- |")
    for engine, f in figures.items():
        rate = f["tokens"] / f["seconds"]
        print(f"| {engine} | {rate:.0f} | {rate / slowest:.1f} | {f['load']:.2f} | {f['memory']:.0f} |")
    print(f"\nThe text itself holds {figures['neural']['before']:.0f} MiB of each engine's memory.")
    print("bert-base: random weights, the shape and so the speed of camel-tools' own recogniser.")


if __name__ == "__main__":
    main()
