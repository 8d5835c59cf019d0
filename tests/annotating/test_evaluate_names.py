from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import evaluate_names
import pytest
from evaluate_names import believable, calibration, figures, score_page, scores

from floors import below
from rasd.annotating import load_recogniser
from rasd.annotating.engines import has_model
from rasd.annotating.gazetteer import Gazetteer
from rasd.annotating.model import Mention
from rasd.errors import SettingError
from rasd.training.corpora import read_bio
from rasd.training.score import Score, score_bio

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="../shared (gold pages, corpora) is not here")


def labelled(start: int, end: int, status: str = "required") -> dict[str, Any]:
    return {"start": start, "end": end, "status": status}


GOLD = {
    "entities": [
        {"type": "LOC", "alt_types": ["ORG"], "mentions": [labelled(0, 5), labelled(10, 15, "optional")]},
        {"type": "PER", "alt_types": None, "mentions": [labelled(20, 30)]},
    ],
    "ignore_regions": [{"start": 40, "end": 45}],
}


def found(kind: str, start: int, end: int) -> Mention:
    return Mention(kind, start, end, "", "", 1.0)  # type: ignore[arg-type]


def test_optional_and_ignored_count_neither_way() -> None:
    score = Score()
    given = [
        found("ORG", 0, 5),
        found("LOC", 10, 15),
        found("MISC", 12, 14),
        found("LOC", 40, 44),
        found("PER", 20, 29),
    ]
    wrong, missed = score_page(GOLD, given, score)
    assert (dict(score.right), dict(score.found), dict(score.wanted)) == (
        {"LOC": 1}, {"LOC": 1, "PER": 1}, {"LOC": 1, "PER": 1},
    )  # fmt: skip
    assert (wrong, missed) == ([found("PER", 20, 29)], [((20, 30), "PER")])
    assert score.measures() == (50.0, 50.0, 50.0)


def test_corpora_are_read_in_rasds_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("بايدن B-PERS\n. O\n\nموسكو B-LOC\n", encoding="utf-8")
    sentences = read_bio(path)
    assert sentences == [[("بايدن", "B-PER"), (".", "O")], [("موسكو", "B-LOC")]]
    assert score_bio(sentences, Gazetteer()).measures()[2] == 100.0
    path.write_text("x B-GPE\n", encoding="utf-8")
    with pytest.raises(SettingError, match="no label"):
        read_bio(path)


def test_floors_are_told_when_broken() -> None:
    assert below({"a": {"all": 90.0}}, {"a": {"all": 89.9}}) == ["a, all: 89.9 is below the floor of 90.0"]
    assert below({"a": {"all": 90.0}}, {"a": {"all": 90.0}}) == []


@needs_shared
@pytest.mark.parametrize("engine", ["gazetteer", "default"])
def test_recognisers_keep_their_floors(engine: str) -> None:
    if engine == "default" and not has_model():
        pytest.skip("the trained model is not in the package")
    recogniser = load_recogniser(engine)
    floors = json.loads((HERE / "floors.json").read_text("utf-8"))[recogniser.engine]
    measured = figures(scores(SHARED, recogniser))
    measured["ANERcorp dev"]["confidence"] = believable(calibration(SHARED, recogniser))
    assert below(floors, measured) == []


@needs_shared
def test_the_command_prints_and_gates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    arguments = ["--data", str(SHARED), "--engine", "gazetteer", "--floors", str(floors)]
    assert evaluate_names.main([*arguments, "--raise"]) == 0
    assert "gold pages         all" in capsys.readouterr().out
    raised = json.loads(floors.read_text())
    raised["gazetteer"]["gold pages"]["all"] = 100.0
    floors.write_text(json.dumps(raised))
    assert evaluate_names.main(arguments) == 1
    assert "is below the floor" in capsys.readouterr().err
    assert evaluate_names.main([*arguments, "--raise"]) == 1
    assert json.loads(floors.read_text())["gazetteer"]["gold pages"]["all"] == 100.0
