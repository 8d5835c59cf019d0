"""Lines that no rule knows, counted across the texts of an outlet, frozen, and cut when the pages are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from tables import assert_same, row_versions, rows

from rasd.pipeline import furniture, runs
from rasd.pipeline.ingest import IngestOptions, ingest, reprocess
from rasd.pipeline.selecting import Selection
from rasd.reading.marking import line_key
from rasd.reading.version import reader_version
from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rasd.annotating.model import Recogniser
    from rasd.pipeline.runs import Books

PROMISE = "نقف على مسافة واحدة من الجميع، ونكتب ما نراه بأعيننا منذ خمسة وأربعين عاما بلا انقطاع."
ABOUT = "كل صباح قبل السابعة يخرج فريقنا إلى الشوارع ليعود بقصص لا يرويها أحد سوانا في هذه المدينة."
PLACES = ("صيدا", "جبيل", "زحلة", "البترون", "صور", "طرابلس", "بعلبك", "النبطية")


def story(n: int) -> tuple[str, ...]:
    place = PLACES[n]
    return (
        f"أعلن مجلس بلدية {place} أن أعمال توسعة الحديقة رقم {n + 11} ستبدأ في مطلع الشهر المقبل وتستمر عشرة أسابيع.",
        f"وقال المهندس المشرف على العمل في {place} إن المساحة ستبلغ {n + 3} آلاف متر، وإن أشجار الحي القديمة باقية.",
        f"ورحب سكان {place} بالخبر، وطلب {n + 20} منهم في عريضة واحدة أن تُفتح البوابة الشرقية أيضا أمام الدراجات.",
    )


def page(n: int, outlet: str, *, reprint: bool = False) -> str:
    first, second, third = story(n)
    own = (ABOUT,) if reprint else (PROMISE, ABOUT)
    return "\n".join(
        [
            f"حديقة جديدة تفتح أبوابها في {PLACES[n]} بعد انتظار طويل",
            f"تاريخ النشر: {n + 1} مارس 2024",
            first,
            own[0],
            second,
            third,
            *own[1:],
            f"المصدر: {outlet}",
        ]
    )


def fill(folder: Path, numbers: range, outlet: str = "جريدة الضفاف") -> Path:
    folder.mkdir(exist_ok=True)
    for n in numbers:
        (folder / f"{outlet} {n}.txt").write_text(page(n, outlet), encoding="utf-8")
    return folder


def run(engine: sa.Engine, inbox: Path, recogniser: Recogniser, **options: object) -> Books:
    return ingest(engine, IngestOptions(str(inbox), settle_seconds=0, **options), recogniser)  # type: ignore[arg-type]


def bodies(engine: sa.Engine) -> list[str]:
    with engine.connect() as c:
        return list(c.scalars(sa.text("SELECT body FROM core.article ORDER BY article_id")))


def test_what_repeats_in_an_outlets_texts_is_cut_once_it_is_frozen_and_read_again(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    run(warehouse, fill(tmp_path / "in", range(8)), recogniser)
    assert all(PROMISE in body and ABOUT in body for body in bodies(warehouse)), "no rule knows these lines"
    frozen = furniture.freeze(warehouse)
    assert sorted((line, n, of) for _, line, n, of in frozen.new) == sorted([(PROMISE, 8, 8), (ABOUT, 8, 8)])
    books = reprocess(warehouse, Selection(), recogniser)
    assert books.updated == 8
    assert sorted(bodies(warehouse)) == sorted("\n".join(story(n)) for n in range(8))
    with warehouse.connect() as c:
        versions = set(c.scalars(sa.text("SELECT DISTINCT reader_version FROM core.article")))
        assert versions == {f"{reader_version()}+furniture-{frozen.version}"}
        cut = c.scalars(sa.text("SELECT DISTINCT kind FROM report.page_segment WHERE text LIKE '%مسافة واحدة%'"))
        assert cut.all() == ["navigation"]


def test_what_is_known_stays_known_when_it_is_counted_again(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    run(warehouse, fill(tmp_path / "in", range(8)), recogniser)
    assert furniture.freeze(warehouse, dry_run=True).new
    first = furniture.freeze(warehouse)
    assert furniture.freeze(warehouse) == furniture.Frozen(first.version, 2, ())
    reprocess(warehouse, Selection(), recogniser)
    before = row_versions(warehouse)
    assert furniture.freeze(warehouse) == furniture.Frozen(first.version, 2, ()), "no longer in the texts, still known"
    assert run(warehouse, tmp_path / "in", recogniser).updated == 0
    assert row_versions(warehouse) == before


def test_pages_read_after_a_freeze_are_what_pages_read_again_become(
    new_database: Callable[..., str], tmp_path: Path, recogniser: Recogniser
) -> None:
    """Seven pages teach the line; two more come before the freeze in one warehouse and after it in the other."""
    late = tmp_path / "late"
    late.mkdir()
    (late / "reprint.txt").write_text(page(7, "جريدة الضفاف", reprint=True), encoding="utf-8")
    fill(late, range(1), "مجلة أخرى")
    found = []
    for come_late in (False, True):
        engine = connect(new_database())
        run(engine, fill(tmp_path / "in", range(7)), recogniser, batch_pages=3)
        if not come_late:
            run(engine, late, recogniser)
        frozen = furniture.freeze(engine)
        assert len(frozen.new) == 2, "another outlet's page, and one more reprint, teach nothing else"
        if come_late:
            run(engine, late, recogniser)
        reprocess(engine, Selection(), recogniser, batch_pages=2)
        state = rows(engine)
        del state["core.furniture"], state["core.furniture_version"]  # how often it was seen, and when
        found.append(state)
        assert any(PROMISE in body for body in bodies(engine)), "the other outlet's page keeps its line"
        engine.dispose()
    for table in ("core.furniture", "core.furniture_version"):
        found[0][table] = found[1][table] = []
    assert_same(found[0], found[1])


def test_a_run_reads_with_what_was_known_when_it_began(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    run(warehouse, fill(tmp_path / "in", range(8)), recogniser)
    versions = runs.Versions(reader_version(), "any")
    before = runs.open_run(warehouse, "ingest", {}, versions)
    frozen = furniture.freeze(warehouse)
    after = runs.open_run(warehouse, "ingest", {}, versions)
    with warehouse.connect() as c:
        assert runs.furniture_of(c, before) == furniture.NONE
        known = runs.furniture_of(c, after)
    assert known.version == frozen.version
    assert len(known.of("جريدة الضفاف")) == 2
    assert known.of("مجلة أخرى") == frozenset()
    assert known.of(None) == frozenset()


def test_one_article_on_many_pages_is_no_furniture(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    """A story reprinted seven times, with a word changed here and there, is one story: nothing in it repeats."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(7):
        text = page(0, "جريدة الضفاف").replace("عشرة أسابيع", f"{n + 10} أسبوعا").replace("1 مارس", f"{n + 1} مارس")
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    run(warehouse, folder, recogniser)
    assert len(bodies(warehouse)) == 7
    assert furniture.freeze(warehouse).new == ()


def test_a_line_frozen_wrongly_is_forgotten_for_good(
    warehouse: sa.Engine, tmp_path: Path, recogniser: Recogniser
) -> None:
    run(warehouse, fill(tmp_path / "in", range(8)), recogniser)
    first = furniture.freeze(warehouse)
    outlet = furniture.outlet_key("جريدة الضفاف")
    assert furniture.forget(warehouse, "جريدة الضفاف", "سطر لا يعرفه أحد") is None
    version = furniture.forget(warehouse, "جريدة الضفاف", PROMISE, dry_run=True)
    with warehouse.connect() as c:
        assert furniture.current(c) == first.version, "a dry run keeps nothing"
    assert furniture.forget(warehouse, "جريدة الضفاف", PROMISE) == version
    assert furniture.forget(warehouse, "جريدة الضفاف", PROMISE) is None, "it is forgotten already"
    with warehouse.connect() as c:
        assert furniture.current(c) == version
        assert furniture.load(c, version or "").of(outlet) == {line_key(ABOUT)}
    assert furniture.freeze(warehouse) == furniture.Frozen(version or "", 1, ()), "no freeze takes it in again"
    reprocess(warehouse, Selection(), recogniser)
    assert all(PROMISE in body and ABOUT not in body for body in bodies(warehouse))
