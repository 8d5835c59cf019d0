"""Stories in the warehouse: updates, who published first, what changed; whatever the order of arrival."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from tables import assert_same, row_versions, rows

from rasd import resources
from rasd.pipeline import publishing, reading
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.training.lines import labelled_pages
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rasd.annotating.model import Recogniser

FIRST = (
    "أعلنت بلدية صيدا أنها ستزرع مئة شجرة ليمون على امتداد الكورنيش البحري قبل نهاية شهر نيسان المقبل.",
    "وقال رئيس البلدية إن الأشجار تبرع بها مزارعون من قرى شرق المدينة، وإن طلاب المدارس سيتولون سقايتها طوال الصيف.",
    "وتقع الأشجار بين القلعة البحرية وخان الإفرنج، على مسافة خمسة أمتار بين الشجرة والأخرى، وقد اختيرت أصنافها بعناية.",
    "ورحب أصحاب المقاهي بالخطوة، وطلبوا أن تُترك مساحة كافية للطاولات وعربات الأطفال في المواسم والأعياد.",
    "وكانت عاصفة الشتاء الماضي قد اقتلعت معظم أشجار الكينا القديمة على الكورنيش، ولم يبق منها سوى تسع.",
    "وتبلغ كلفة المشروع سبعة آلاف دولار، دفعت منها نقابة الصيادين ألفا واحدا.",
)
NEW = (
    "انتهت بلدية صيدا من زرع آخر أشجار الليمون المئة على الكورنيش، في احتفال حضره مئات التلاميذ مساء الجمعة.",
    "وأهدت فرقة الكشافة لكل تلميذ شتلة صغيرة يزرعها أمام بيته، على أن تُقاس أطوالها كلها في الربيع التالي.",
)


def page(headline: str, paragraphs: tuple[str, ...], outlet: str, day: str | None) -> str:
    dated = [f"تاريخ النشر: {day}"] if day else []
    return "\n".join([headline, *dated, *paragraphs, f"المصدر: {outlet}"])


UPDATED = page("كورنيش صيدا يكتسي بالليمون", (NEW[0], *FIRST[1:5], NEW[1]), "رويترز", "26 أبريل 2024")


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def run(engine: sa.Engine, inbox: Path, recogniser: Recogniser, **options: object) -> None:
    ingest(engine, IngestOptions(str(inbox), settle_seconds=0, **options), recogniser)  # type: ignore[arg-type]


def ask(engine: sa.Engine, query: str) -> list[dict[str, Any]]:
    with engine.connect() as c:
        return [dict(row) for row in c.execute(sa.text(query)).mappings()]


def test_an_update_of_one_outlet_joins_the_story_and_says_what_it_changed(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    put(tmp_path / "in", "first", page("صيدا تزرع مئة شجرة على البحر", FIRST, "رويترز", "12 مارس 2024"))
    put(tmp_path / "in", "cut", page("شجر على البحر", FIRST[:3], "بوابة الجنوب", "13 مارس 2024"))
    put(tmp_path / "in", "later", UPDATED)
    run(warehouse, tmp_path / "in", recogniser)
    versions = ask(warehouse, "SELECT * FROM report.story_version ORDER BY first_published_on")
    assert [(v["version_no"], v["relation"]) for v in versions] == [(1, None), (2, "abridged"), (3, "update")]
    assert versions[2]["earlier_article_id"] == versions[0]["article_id"]
    changes = ask(
        warehouse,
        "SELECT change, sentence FROM report.story_version_change AS c"
        " JOIN report.story_version AS v USING (article_id) WHERE v.version_no = 3 ORDER BY change, c.sentence_no",
    )
    assert [c["sentence"] for c in changes if c["change"] == "added"] == [*NEW]
    assert [c["sentence"] for c in changes if c["change"] == "removed"] == [FIRST[0], FIRST[5]]


def test_what_stands_below_another_article_is_not_told_again(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    put(tmp_path / "in", "first", page("صيدا تزرع مئة شجرة على البحر", FIRST, "رويترز", "12 مارس 2024"))
    put(tmp_path / "in", "again", page("صيدا تزرع مئة شجرة على البحر", FIRST, "بوابة الجنوب", "12 مارس 2024"))
    run(warehouse, tmp_path / "in", recogniser)
    told = "SELECT n_appearances, n_outlets FROM report.story_told('2024-03-01', '2024-03-31')"
    assert ask(warehouse, told) == [{"n_appearances": 2, "n_outlets": 2}]
    with warehouse.begin() as c:
        one_page = "(SELECT page_id FROM core.page ORDER BY page_id LIMIT 1)"
        c.execute(sa.text(f"UPDATE core.appearance SET role = 'related' WHERE page_id = {one_page}"))
    publishing.publish(warehouse)
    assert ask(warehouse, told) == []


def test_a_dossier_lists_undated_texts_last(warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser) -> None:
    put(tmp_path / "in", "dated", page("صيدا تزرع مئة شجرة على البحر", FIRST, "رويترز", "12 مارس 2024"))
    put(tmp_path / "in", "undated", page("كورنيش صيدا", (NEW[0], NEW[1]), "بوابة الجنوب", None))
    run(warehouse, tmp_path / "in", recogniser)
    listed = "SELECT note FROM report.dossier('صيدا'{}) WHERE section = 'article' ORDER BY place"
    assert [r["note"] for r in ask(warehouse, listed.format(""))] == ["2024-03-12", "undated"]
    of_days = ask(warehouse, listed.format(", '2024-03-01', '2024-03-31'"))
    assert [r["note"] for r in of_days] == ["2024-03-12"]


def test_of_two_texts_of_one_day_the_much_shorter_one_is_the_copy(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    put(tmp_path / "in", "whole", page("صيدا تزرع مئة شجرة على البحر", FIRST, "رويترز", "12 مارس 2024"))
    put(tmp_path / "in", "cut", page("شجر على البحر", FIRST[:3], "بوابة الجنوب", "12 مارس 2024"))
    run(warehouse, tmp_path / "in", recogniser)
    whole, cut = ask(warehouse, "SELECT * FROM report.story_version ORDER BY n_words DESC")
    assert (whole["earlier_article_id"], whole["relation"]) == (None, None)
    assert (cut["earlier_article_id"], cut["relation"]) == (whole["article_id"], "abridged")
    changes = ask(warehouse, "SELECT change, sentence FROM report.story_version_change ORDER BY sentence_no")
    assert changes == [{"change": "removed", "sentence": sentence} for sentence in FIRST[3:]]


def test_a_later_text_that_tells_much_more_is_no_abridgement(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    put(tmp_path / "in", "short", page("شجر على البحر", FIRST[:3], "بوابة الجنوب", "12 مارس 2024"))
    put(tmp_path / "in", "long", page("صيدا تزرع مئة شجرة على البحر", FIRST, "رويترز", "13 مارس 2024"))
    run(warehouse, tmp_path / "in", recogniser)
    versions = ask(warehouse, "SELECT * FROM report.story_version ORDER BY version_no")
    assert [v["relation"] for v in versions] == [None, "extended"]
    assert {c["change"] for c in ask(warehouse, "SELECT change FROM report.story_version_change")} == {"added"}


def test_undated_pages_never_count_as_first_and_are_counted(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    put(tmp_path / "in", "second", page("عن أشجار صيدا", FIRST, "رويترز", "14 مارس 2024"))
    put(tmp_path / "in", "undated", page("أشجار صيدا", FIRST, "وكالة الأناضول", None))
    put(tmp_path / "in", "first", page("أشجار ليمون في صيدا", FIRST, "بوابة الجنوب", "12 مارس 2024"))
    put(tmp_path / "in", "as early", page("ليمون في صيدا", FIRST[:4], "الجزيرة نت", "12 مارس 2024"))
    run(warehouse, tmp_path / "in", recogniser)
    (story,) = ask(warehouse, "SELECT * FROM report.story")
    assert (story["n_articles"], story["n_appearances"], story["n_outlets"]) == (2, 4, 4)
    assert str(story["first_published_on"]) == "2024-03-12"
    assert str(story["last_published_on"]) == "2024-03-14"
    assert len(story["first_outlets"]) == 2, "two published on the first day: neither is said to be the first"
    assert story["n_undated"] == 1


def test_who_else_published_a_text_decides_whichever_page_comes_first(
    new_database: Callable[..., str], tmp_path: Path, recogniser: Recogniser
) -> None:
    """The update stands alone until it is known that its outlet also published the first text, on another page."""
    texts = {
        "first": page("صيدا تزرع مئة شجرة على البحر", FIRST, "بوابة الجنوب", "12 مارس 2024"),
        "also": page("أشجار على البحر", FIRST, "رويترز", "12 مارس 2024"),
        "later": UPDATED,
    }
    found = []
    for order in (("first", "later", "also"), ("also", "later", "first"), ("later", "first", "also")):
        engine = connect(new_database())
        for number, name in enumerate(order):
            run(engine, put(tmp_path / f"{order} {number}", name, texts[name]), recogniser)
            if order[:2] == ("first", "later") and number == 1:
                assert ask(engine, "SELECT * FROM core.story_link") == []
        assert [link["relation"] for link in ask(engine, "SELECT * FROM core.story_link")] == ["update"]
        found.append(rows(engine))
        before = row_versions(engine)
        run(engine, tmp_path / f"{order} 0", recogniser, seen="reread")
        assert row_versions(engine) == before
        engine.dispose()
    assert_same(found[0], found[1])
    assert_same(found[0], found[2])


def test_an_outlet_that_a_newer_reader_no_longer_names_takes_its_update_with_it(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in", "first", page("صيدا تزرع مئة شجرة على البحر", FIRST, "بوابة الجنوب", "12 مارس 2024"))
    put(tmp_path / "also", "also", page("أشجار على البحر", FIRST, "رويترز", "12 مارس 2024"))
    put(tmp_path / "in", "later", UPDATED)
    run(warehouse, tmp_path / "in", recogniser)
    run(warehouse, tmp_path / "also", recogniser)
    assert len(ask(warehouse, "SELECT * FROM core.story_link")) == 1
    original = reading.read
    monkeypatch.setattr(reading, "read", lambda text, **given: original(text.replace("رويترز", "صوت الجبل"), **given))
    run(warehouse, tmp_path / "also", recogniser, seen="reread")
    assert ask(warehouse, "SELECT * FROM core.story_link") == []
    assert ask(warehouse, "SELECT * FROM core.article_sketch WHERE outlets IS NULL") == []


def test_the_labelled_stories_are_the_same_in_any_order(
    new_database: Callable[..., str], tmp_path: Path, recogniser: Recogniser
) -> None:
    kept = ("dam_", "bus_", "gold_", "quote_")
    pages = {name: content for name, content in _labelled_stories().items() if name.startswith(kept)}
    found = []
    for seed, batch_pages in ((1, 7), (2, 200)):
        engine = connect(new_database())
        shuffled = random.Random(seed).sample(sorted(pages), len(pages))
        for part in range(2):
            folder = tmp_path / f"{seed}-{part}"
            folder.mkdir()
            for name in shuffled[part::2]:
                (folder / f"{name}.txt").write_bytes(pages[name])
            run(engine, folder, recogniser, batch_pages=batch_pages)
        found.append(rows(engine))
        one_story = ask(engine, "SELECT count(*) AS n FROM report.story WHERE n_articles >= 3")
        assert one_story[0]["n"] == 2, "base, edited and abridged, twice; leads, quotations and bulletins stand alone"
        engine.dispose()
    assert_same(found[0], found[1])


def _labelled_stories() -> dict[str, bytes]:
    pages = resources.seeds().parent / "tests" / "reading" / "pages"
    return {one.name: one.content for one in labelled_pages(pages).load("stories")}
