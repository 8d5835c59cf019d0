"""Watches: found in what is published, told once, and never stopping anything."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from rasd.errors import SettingError
from rasd.pipeline import publishing, watches
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.pipeline.watches import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from rasd.annotating.model import Recogniser


def run(engine: sa.Engine, inbox: Path, recogniser: Recogniser, **options: object) -> None:
    ingest(engine, IngestOptions(str(inbox), settle_seconds=0, **options), recogniser)  # type: ignore[arg-type]


def hits(engine: sa.Engine, watch_id: str) -> list[dict[str, object]]:
    with engine.connect() as c:
        rows = c.execute(
            sa.text("SELECT * FROM ops.watch_hit WHERE watch_id = :id ORDER BY article_id"), {"id": watch_id}
        )
        return [dict(row._mapping) for row in rows]


def add(engine: sa.Engine, *rows: Watch) -> list[str | None]:
    with engine.begin() as c:
        return [watches.add(c, row) for row in rows]


@pytest.fixture(autouse=True)
def no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of each test are its own."""
    monkeypatch.setattr(watches, "read_file", lambda path=None: ([], []))


def test_every_kind_finds_its_texts_and_says_what_fired(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser
) -> None:
    add(
        warehouse,
        Watch("kz", "كازاخستان", "entity", "LOC/country/KZ"),
        Watch("phrase", "عبارة", "phrase", "السكك الحديدية"),
        Watch("query", "بحث", "query", "ملاريا OR المخطوطات -القهوة"),
        Watch("prefix", "بادئة", "query", "سمرقن*"),
    )
    run(warehouse, inbox, recogniser)
    with warehouse.connect() as c:
        outlet = c.scalar(sa.text("SELECT outlet_id FROM core.appearance WHERE outlet_id IS NOT NULL LIMIT 1"))
    for watch_id in ("kz", "query", "prefix"):
        found = hits(warehouse, watch_id)
        assert found, watch_id
        for hit in found:
            assert hit["surface"] in hit["sentence"] or hit["part"] == "headline"
    assert any("و" + str(h["surface"]) in str(h["sentence"]) for h in hits(warehouse, "kz")), "behind a proclitic too"
    with warehouse.connect() as c:
        astray = c.scalar(
            sa.text(
                """
                SELECT count(*) FROM ops.watch_hit AS h JOIN core.article AS t USING (article_id)
                WHERE h.surface <> substr(CASE h.part WHEN 'body' THEN t.body ELSE t.headline END, h.start_offset + 1,
                                          h.end_offset - h.start_offset)
                """
            )
        )
    assert astray == 0
    add(warehouse, Watch("outlet", "صحيفة", "outlet", str(outlet)))
    with warehouse.begin() as c:
        c.execute(sa.text("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article"))
    publishing.publish(warehouse)
    assert hits(warehouse, "outlet")


def test_a_hit_stays_as_it_is_whatever_is_run_again(warehouse: sa.Engine, inbox: Path, recogniser: Recogniser) -> None:
    add(warehouse, Watch("kz", "كازاخستان", "entity", "LOC/country/KZ"), Watch("malaria", "ملاريا", "query", "ملاريا"))
    run(warehouse, inbox, recogniser)
    with warehouse.begin() as c:
        c.execute(sa.text("UPDATE ops.watch_hit SET told_on = '2026-01-01'"))
    before = hits(warehouse, "kz") + hits(warehouse, "malaria")
    assert before
    run(warehouse, inbox, recogniser)
    run(warehouse, inbox, recogniser, seen="reread")
    with warehouse.begin() as c:
        c.execute(sa.text("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article"))
    publishing.publish(warehouse)
    assert hits(warehouse, "kz") + hits(warehouse, "malaria") == before


def test_what_a_newer_reader_cuts_otherwise_is_not_told_again(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser
) -> None:
    """The page is the same, its article another one: the old one is on no page any more."""
    add(warehouse, Watch("malaria", "ملاريا", "query", "ملاريا"))
    run(warehouse, inbox, recogniser)
    with warehouse.begin() as c:
        # As if an older reader had cut the same page otherwise, and a digest had told that.
        c.execute(
            sa.text(
                "UPDATE ops.watch_hit SET told_on = '2026-01-01',"
                " article_id = md5(article_id::text)::uuid WHERE watch_id = 'malaria'"
            )
        )
        c.execute(sa.text("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article"))
    told = len(hits(warehouse, "malaria"))
    publishing.publish(warehouse)
    found = hits(warehouse, "malaria")
    assert len(found) == 2 * told, "what was told stays, and what it became is there"
    assert all(h["told_on"] == date(2026, 1, 1) for h in found)


def test_what_came_before_a_watch_is_no_news_when_it_is_published_again(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser
) -> None:
    add(warehouse, Watch("then", "then", "query", "ملاريا"))
    run(warehouse, inbox, recogniser)
    then = hits(warehouse, "then")
    assert then
    add(warehouse, Watch("since", "since", "query", "ملاريا"), Watch("named", "named", "entity", "LOC/country/KZ"))
    with warehouse.begin() as c:
        c.execute(sa.text("UPDATE raw.page SET landed_at = now() - interval '30 days'"))
    publishing.recount(warehouse)
    run(warehouse, inbox, recogniser, seen="reread")
    assert (hits(warehouse, "since"), hits(warehouse, "named")) == ([], [])
    assert hits(warehouse, "then") == then
    with warehouse.begin() as c:
        # Of a text that comes again, one of the pages is new.
        c.execute(
            sa.text("UPDATE raw.page SET landed_at = now() WHERE page_id = (SELECT page_id FROM ops.watch_hit LIMIT 1)")
        )
    publishing.recount(warehouse)
    assert len(hits(warehouse, "since")) == 1


def test_what_was_held_back_is_news_when_it_is_let_go(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser
) -> None:
    run(warehouse, inbox, recogniser)
    add(warehouse, Watch("since", "since", "query", "ملاريا"))
    with warehouse.begin() as c:
        c.execute(sa.text("UPDATE raw.page SET landed_at = now() - interval '30 days'"))
    publishing.recount(warehouse)
    assert hits(warehouse, "since") == []
    with warehouse.begin() as c:
        c.execute(
            sa.text(
                "INSERT INTO ops.quarantine (quarantine_id, page_id, uri, stage, reason, detail, reader_version,"
                " run_id, released_at, resolved_at)"
                " SELECT gen_random_uuid(), page_id, 'x', 'read', 'r', 'd', '', run_id, now(), now() FROM raw.page"
            )
        )
    publishing.recount(warehouse)
    assert hits(warehouse, "since")


def test_what_no_longer_matches_goes_unless_it_was_told(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser
) -> None:
    add(warehouse, Watch("a", "a", "query", "ملاريا"), Watch("b", "b", "query", "ملاريا"))
    run(warehouse, inbox, recogniser)
    with warehouse.begin() as c:
        c.execute(sa.text("UPDATE ops.watch_hit SET told_on = '2026-01-01' WHERE watch_id = 'b'"))
        c.execute(sa.text("UPDATE core.watch SET subject = 'كلمةلاتوجد'"))
        c.execute(sa.text("INSERT INTO ops.unpublished (article_id) SELECT article_id FROM core.article"))
    told = hits(warehouse, "b")
    publishing.publish(warehouse)
    assert hits(warehouse, "a") == []
    assert hits(warehouse, "b") == told


def test_only_what_has_changed_is_looked_at(warehouse: sa.Engine, inbox: Path, recogniser: Recogniser) -> None:
    run(warehouse, inbox, recogniser)
    add(warehouse, Watch("kz", "كازاخستان", "entity", "LOC/country/KZ"))
    run(warehouse, inbox, recogniser)
    assert hits(warehouse, "kz") == [], "a watch is for what arrives after it; a trial shows the past"
    with warehouse.connect() as c:
        tried = watches.trial(c, "entity", "LOC/country/KZ", since=date(2000, 1, 1))
    assert tried.hits
    assert sum(n for _, n in tried.days) >= 1
    assert tried.problem is None
    assert hits(warehouse, "kz") == []


@pytest.mark.parametrize(
    ("kind", "subject", "says"),
    [
        ("entity", "لا أحد بهذا الاسم", "no article names"),
        ("query", '"" ( -', "looks for no word"),
        ("query", "-السعودية", "only excludes"),
        ("phrase", "…!", "looks for no word"),
        ("outlet", "لا صحيفة", "no outlet"),
    ],
)
def test_a_bad_watch_says_so_and_stops_nothing(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser, kind: str, subject: str, says: str
) -> None:
    (problem,) = add(warehouse, Watch("bad", "سيئ", kind, subject))
    assert problem
    assert says in problem
    with warehouse.connect() as c:
        assert says in str(watches.trial(c, kind, subject).problem)
    add(warehouse, Watch("good", "جيد", "entity", "LOC/country/KZ"))
    run(warehouse, inbox, recogniser)
    assert hits(warehouse, "good")
    assert hits(warehouse, "bad") == []
    with warehouse.connect() as c:
        assert says in c.scalar(sa.text("SELECT problem FROM report.watch WHERE watch_id = 'bad'"))


def test_alarms_need_the_threshold_or_more_than_chance(
    warehouse: sa.Engine, inbox: Path, recogniser: Recogniser
) -> None:
    add(
        warehouse,
        Watch("low", "قليل", "entity", "LOC/country/KZ", at_least=1),
        Watch("high", "كثير", "entity", "LOC/country/KZ", at_least=1000),
        Watch("trend", "اتجاه", "entity", "LOC/country/KZ", times_usual=2.0),
    )
    run(warehouse, inbox, recogniser)
    with warehouse.connect() as c:
        day = c.scalar(
            sa.text(
                "SELECT max(published_on) FROM core.entity_day"
                " WHERE entity_id = report.entity_find('LOC/country/KZ') AND n_articles > 0"
            )
        )
        fired = dict(
            map(tuple, c.execute(sa.text("SELECT watch_id, is_alarm FROM report.watch_alarm(:day)"), {"day": day}))
        )
    assert fired == {"low": True, "high": False, "trend": False}, "without a baseline nothing is unusual"


def test_the_file_is_read_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    path = tmp_path / "watches.csv"
    path.write_text(
        "# a comment\nwatch_id,name,kind,subject,at_least,times_usual,recipients,note\n"
        'good,اسم,query,"ملاريا OR ""عبارة""",2,1.5,a@example.org|b@example.org,\n'
        "good,again,entity,x,,,,\nbad id,x,entity,x,,,,\nk,x,nothing,x,,,,\nn,x,entity,x,many,,,\n"
        "r,x,entity,x,,,nobody,\nshort,row\n",
        encoding="utf-8",
    )
    found, problems = watches.read_file(path)
    assert found == [
        Watch("good", "اسم", "query", 'ملاريا OR "عبارة"', 2, 1.5, ("a@example.org", "b@example.org"), None)
    ]
    assert [p.split(":")[0] for p in problems] == [f"watches.csv, line {n}" for n in range(4, 10)]
    assert watches.read_file(tmp_path / "none.csv")[1]
    assert watches.read_file()[1] == [], "our own file has no mistake"


def test_the_file_keeps_its_rows_and_leaves_the_others(warehouse: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def given(*rows: Watch) -> None:
        monkeypatch.setattr(watches, "read_file", lambda path=None: (list(rows), []))
        with warehouse.begin() as c:
            watches.refresh(c)

    add(warehouse, Watch("mine", "لي", "query", "ملاريا"))
    given(Watch("one", "أ", "query", "قمح"), Watch("mine", "لهم", "query", "قهوة"))
    with warehouse.connect() as c:
        query = sa.text("SELECT watch_id, name, is_active FROM core.watch ORDER BY watch_id")
        assert list(map(tuple, c.execute(query))) == [("mine", "لي", True), ("one", "أ", True)]
    given()
    with warehouse.connect() as c:
        assert list(map(tuple, c.execute(query))) == [("mine", "لي", True), ("one", "أ", False)]
    with pytest.raises(SettingError, match="keeps a watch"):
        add(warehouse, Watch("one", "لي", "query", "ملاريا"))
    with warehouse.begin() as c:
        watches.stop(c, "mine")
        with pytest.raises(SettingError):
            watches.stop(c, "nobody")
