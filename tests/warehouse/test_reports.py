"""What reports say, on numbers made for the purpose."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = "00000000-0000-0000-0000-000000000001"
NEWEST = date(2025, 6, 16)  # a Monday


def identifier(name: str) -> str:
    return f"md5('{name}')::uuid"


@pytest.fixture
def connection(warehouse: sa.Engine) -> Iterator[sa.Connection]:
    """Ten weeks of a press that publishes 100 texts on workdays and 20 on weekends."""
    with warehouse.connect() as c:
        c.exec_driver_sql(
            "INSERT INTO ops.run (run_id, pipeline, options, reader_version, recogniser_version, state)"
            f" VALUES ('{RUN}', 'ingest', '{{}}', '', '', 'open')"
        )
        c.exec_driver_sql(
            "INSERT INTO core.press_day SELECT day, n, n, n FROM (SELECT day::date AS day,"
            " CASE WHEN extract(isodow FROM day) > 5 THEN 20 ELSE 100 END AS n"
            f" FROM generate_series(date '{NEWEST}' - 69, date '{NEWEST}', interval '1 day') AS day) AS d"
        )
        yield c


def name_entity(c: sa.Connection, name: str, counts: dict[date, int], kind: str = "PER") -> None:
    c.exec_driver_sql(
        f"INSERT INTO core.entity (entity_id, entity_key, entity_type, name, is_curated, is_renamed, run_id)"
        f" VALUES ({identifier(name)}, '{kind}/{name}', '{kind}', '{name}', false, false, '{RUN}')"
    )
    for day, n in counts.items():
        c.exec_driver_sql(
            f"INSERT INTO core.entity_day VALUES ({identifier(name)}, '{day}', {n}, {max(n // 2, 1)}, {3 * n}, {n})"
        )


def days_ago(n: int) -> date:
    return NEWEST - timedelta(days=n)


def trend(c: sa.Connection, *arguments: object) -> dict[str, sa.Row[tuple[object, ...]]]:
    shown = ", ".join("NULL" if a is None else f"'{a}'" for a in arguments)
    return {row.entity: row for row in c.exec_driver_sql(f"SELECT * FROM report.entity_trend({shown})")}


def test_a_trend_is_what_surprises_not_what_is_frequent(connection: sa.Connection) -> None:
    mondays = [days_ago(7 * k) for k in range(1, 9)]
    name_entity(connection, "steady", {**dict.fromkeys(mondays, 30), NEWEST: 30})
    name_entity(connection, "rising", {**dict.fromkeys(mondays, 5), NEWEST: 25})
    name_entity(connection, "jumpy", {m: 1 + 24 * (i % 2) for i, m in enumerate(mondays)} | {NEWEST: 25})
    name_entity(connection, "new once", {NEWEST: 1})
    name_entity(connection, "gone", dict.fromkeys(mondays, 30))
    name_entity(connection, "sundays", {days_ago(7 * k + 1): 20 for k in range(1, 9)})
    found = trend(connection)
    assert set(found) == {"steady", "rising", "jumpy", "new once", "gone"}, "other weekdays are no baseline of a Monday"
    assert abs(found["steady"].score) < 0.1
    assert found["steady"].expected == pytest.approx(30, rel=0.02)
    assert found["rising"].score > 4
    assert found["rising"].q_value < 0.01
    assert found["jumpy"].score < found["rising"].score / 2, "who always jumps is no news"
    assert found["new once"].lift < 2, "small numbers promise little"
    assert found["new once"].q_value > 0.05
    assert found["gone"].score < -4
    assert all(0 <= r.p_value <= r.q_value <= 1 for r in found.values())
    assert {r.n_windows for r in found.values()} == {8}


def test_a_trend_counts_what_it_is_asked_to_count(connection: sa.Connection) -> None:
    name_entity(connection, "one", {NEWEST: 10, days_ago(7): 10})
    assert [trend(connection, None, None, how)["one"].n for how in ("articles", "stories", "appearances")] == [
        10,
        5,
        30,
    ]


def test_a_week_is_compared_with_weeks_and_a_month_with_months(connection: sa.Connection) -> None:
    name_entity(connection, "one", {days_ago(n): 2 for n in range(70)})
    for days in (7, 10, 30):
        row = trend(connection, days_ago(days - 1), NEWEST)["one"]
        assert row.n == 2 * days
        # Windows go back by whole weeks, as far as there is anything to compare with.
        assert row.n_windows == min(8, 69 // (7 * -(-days // 7)))


def test_without_a_baseline_nothing_is_claimed(connection: sa.Connection) -> None:
    name_entity(connection, "one", {days_ago(69): 9})
    row = trend(connection, days_ago(69), days_ago(69))["one"]
    assert (row.score, row.p_value, row.q_value, row.n_windows) == (None, None, None, 0)


def test_only_what_is_no_chance_is_rising(connection: sa.Connection) -> None:
    mondays = [days_ago(7 * k) for k in range(1, 9)]
    name_entity(connection, "once", {NEWEST: 1})
    name_entity(connection, "rising", {**dict.fromkeys(mondays, 2), NEWEST: 30})
    name_entity(connection, "falling", {**dict.fromkeys(mondays, 30), NEWEST: 2})
    assert [row.entity for row in connection.exec_driver_sql("SELECT * FROM report.entity_rising()")] == ["rising"]
    alone = connection.exec_driver_sql(f"SELECT * FROM report.entity_rising('{days_ago(69)}', '{days_ago(69)}')")
    assert alone.all() == [], "without weeks to compare with nothing is more than usual"


def test_false_alarms_are_counted_as_benjamini_and_hochberg_do_also_where_scores_tie(connection: sa.Connection) -> None:
    mondays = [days_ago(7 * k) for k in range(1, 9)]
    for n in range(4):
        name_entity(connection, f"tied {n}", {NEWEST: 9})
    for n in range(6):
        name_entity(connection, f"steady {n}", {**dict.fromkeys(mondays, 20 + n), NEWEST: 21})
    found = trend(connection).values()
    values = sorted(r.p_value for r in found)
    for row in found:
        places = ((p, sum(other <= p for other in values)) for p in values if p >= row.p_value)
        assert row.q_value == pytest.approx(min(1, *(p * len(values) / place for p, place in places)))
    assert len({r.q_value for r in found if r.entity.startswith("tied")}) == 1


def test_an_empty_warehouse_answers_with_nothing(warehouse: sa.Engine) -> None:
    with warehouse.connect() as c:
        for query in (
            "report.entity_trend()", "report.trend_today", "report.trend_week", "report.outlet_trend()",
            "report.undated", "report.outlet_silence", "report.companion('x')", "report.companion_day('x', 'y')",
            "report.search('x')", "report.search_day('x')", "report.dossier('x')", "report.quoted('x')",
            "report.story_told()", "report.quality", "report.entity_rising()", "report.watch_trial('phrase', 'x')",
        ):  # fmt: skip
            assert c.exec_driver_sql(f"SELECT * FROM {query}").all() == [], query


def test_a_watch_of_a_trend_fires_on_what_is_more_than_its_own_ups_and_downs(connection: sa.Connection) -> None:
    mondays = [days_ago(7 * k) for k in range(1, 9)]
    name_entity(connection, "steady", {**dict.fromkeys(mondays, 5), NEWEST: 20})
    name_entity(connection, "jumpy", {m: 1 + 24 * (i % 2) for i, m in enumerate(mondays)} | {NEWEST: 30})
    name_entity(connection, "usual", {**dict.fromkeys(mondays, 5), NEWEST: 6})
    for name in ("steady", "jumpy", "usual"):
        connection.exec_driver_sql(
            "INSERT INTO core.watch (watch_id, name, kind, subject, times_usual)"
            f" VALUES ('{name}', '{name}', 'entity', 'PER/{name}', 2)"
        )
        connection.exec_driver_sql(
            "INSERT INTO core.sense (sense_id, sense_key, entity_type, name, is_curated, is_short, is_common,"
            " countries, fields, companions, group_id, rule, score, is_open, entity_id, joining_version, run_id)"
            f" VALUES ({identifier(name)}, 'PER/{name}', 'PER', '{name}', false, false, false,"
            f" '{{}}', '{{}}', '{{}}', {identifier(name)}, 'own name', 1, false, {identifier(name)}, '', '{RUN}')"
        )
    alarms = {r.watch_id: r for r in connection.exec_driver_sql(f"SELECT * FROM report.watch_alarm('{NEWEST}')")}
    assert {w: r.is_alarm for w, r in alarms.items()} == {"steady": True, "jumpy": False, "usual": False}
    assert (alarms["steady"].n_articles, alarms["steady"].expected) == (20, pytest.approx(5))
    assert alarms["jumpy"].expected == pytest.approx(13)
    before = connection.exec_driver_sql(f"SELECT is_alarm FROM report.watch_alarm('{days_ago(1)}')")
    assert not any(before.scalars())


def test_an_entity_is_found_by_any_kind_of_letters(connection: sa.Connection) -> None:
    name_entity(connection, "كازاخستان", {NEWEST: 1}, "LOC")
    name_entity(connection, "آسيا الوسطى", {NEWEST: 1}, "LOC")
    for name, phrase in (("كازاخستان", "كازاخستان"), ("آسيا الوسطى", "اسيا الوسطي")):
        connection.exec_driver_sql(
            "INSERT INTO core.sense (sense_id, sense_key, entity_type, name, is_curated, is_short, is_common,"
            " countries, fields, companions, group_id, rule, score, is_open, entity_id, joining_version, run_id)"
            f" VALUES ({identifier(name)}, 'LOC/{name}', 'LOC', '{phrase}', false, false, false,"
            f" '{{}}', '{{}}', '{{}}', {identifier(name)}, 'own name', 1, false, {identifier(name)}, '', '{RUN}')"
        )
        connection.exec_driver_sql(
            "INSERT INTO core.sense_name (sense_id, name, phrase, rule, score, entity_id, is_decided, run_id)"
            f" VALUES ({identifier(name)}, '{name}', '{phrase}', 'own name', 1, {identifier(name)}, false, '{RUN}')"
        )
    for asked, name in (
        ("کازاخستان", "كازاخستان"), ("كَازَاخِسْتَان", "كازاخستان"), ("كازاخـستان", "كازاخستان"),
        ("اسيا الوسطى", "آسيا الوسطى"), ("«آسیا»  الوسطی", "آسيا الوسطى"),
    ):  # fmt: skip
        found = connection.execute(sa.text("SELECT report.entity_find(:asked)"), {"asked": asked}).scalar()
        assert found == connection.exec_driver_sql(f"SELECT {identifier(name)}").scalar(), asked
    for asked in ("", " ", "؟", "آسيا", "LOC/none"):
        assert connection.execute(sa.text("SELECT report.entity_find(:asked)"), {"asked": asked}).scalar() is None


def test_every_view_function_and_column_says_what_it_means(warehouse: sa.Engine) -> None:
    with warehouse.connect() as c:
        silent = c.exec_driver_sql(
            """
            SELECT v.relname || '.' || a.attname FROM pg_class AS v
            JOIN pg_attribute AS a ON a.attrelid = v.oid AND a.attnum > 0
            WHERE v.relnamespace = 'report'::regnamespace AND v.relkind = 'v'
              AND (col_description(v.oid, a.attnum) IS NULL OR obj_description(v.oid) IS NULL)
            UNION ALL
            SELECT p.proname FROM pg_proc AS p
            WHERE p.pronamespace = 'report'::regnamespace AND obj_description(p.oid) IS NULL
            """
        )
        assert silent.scalars().all() == []


@pytest.mark.parametrize("score", [0, 0.5, 1, 1.959964, 3, 6, 20, 40, -2])
def test_the_normal_tail_is_that_of_the_error_function(warehouse: sa.Engine, score: float) -> None:
    with warehouse.connect() as c:
        assert c.exec_driver_sql(f"SELECT report.normal_tail({score})").scalar() == pytest.approx(
            math.erfc(abs(score) / math.sqrt(2)), rel=1e-6, abs=1e-250
        )


def test_surprise_is_the_signed_root_of_the_likelihood_ratio(warehouse: sa.Engine) -> None:
    def expected(n: float, of: float, usual: float, usual_of: float) -> float:
        rate = (n + usual) / (of + usual_of)
        ratio = sum(x * math.log(x / (rate * e)) for x, e in ((n, of), (usual, usual_of)) if x)
        return math.copysign(math.sqrt(2 * ratio), n / of - usual / usual_of)

    with warehouse.connect() as c:
        for case in ((30, 100, 40, 800), (0, 100, 40, 800), (5, 100, 0, 800), (1, 20, 400, 160)):
            found = c.exec_driver_sql(f"SELECT report.surprise({', '.join(map(str, case))})").scalar()
            assert found == pytest.approx(expected(*case))


def test_outlets_are_measured_against_themselves(connection: sa.Connection) -> None:
    def publish(outlet: str, counts: dict[date, int]) -> None:
        for day, n in counts.items():
            connection.exec_driver_sql(f"INSERT INTO core.outlet_day VALUES ('{outlet}', '{day}', {n}, {n}, {n})")
        connection.exec_driver_sql(f"INSERT INTO core.outlet_total VALUES ('{outlet}', 1, 1, 0, 0)")

    mondays = [days_ago(7 * k) for k in range(1, 9)]
    publish("usual", {**dict.fromkeys(mondays, 20), NEWEST: 22})
    publish("silent", dict.fromkeys(mondays, 20))
    publish("doubled", {**dict.fromkeys(mondays, 10), NEWEST: 40})
    publish("halved", {**dict.fromkeys(mondays, 40), NEWEST: 10})
    publish("new", {NEWEST: 40})
    publish("never on mondays", {days_ago(7 * k + 2): 20 for k in range(1, 9)} | {days_ago(2): 20})
    found = {r.outlet: r for r in connection.exec_driver_sql("SELECT * FROM report.outlet_trend()")}
    assert {o: r.state for o, r in found.items()} == {o: o for o in ("usual", "silent", "doubled", "halved", "new")}
    assert found["silent"].expected == pytest.approx(20)
    publish("wakes up on a monday", {days_ago(7 * k + 2): 20 for k in range(1, 9)} | {NEWEST: 20})
    publish("one monday of eight", {days_ago(7 * 3): 16, days_ago(7 * 8 + 2): 1})
    found = {r.outlet: r for r in connection.exec_driver_sql("SELECT * FROM report.outlet_trend()")}
    assert (found["wakes up on a monday"].state, found["wakes up on a monday"].n_windows) == ("doubled", 8)
    assert found["one monday of eight"].expected == pytest.approx(2), "weeks without any are weeks of it"
    silent = {r.outlet: r for r in connection.exec_driver_sql("SELECT * FROM report.outlet_silence")}
    silent.pop("one monday of eight")
    assert set(silent) == {"silent"}, "two days on which it never publishes are no silence"
    assert silent["silent"].p_value < 1e-6
    assert silent["silent"].n_silent_days == 7


def test_companions_are_more_than_chance(connection: sa.Connection) -> None:
    """Two that are named by chance together, and two that always are, in 100 texts."""
    day = days_ago(0)
    for name, counts in (("one", 50), ("everywhere", 80), ("close", 10)):
        name_entity(connection, name, {day: counts}, "LOC")
    for n in range(100):
        named = {"one": n < 50, "everywhere": n % 5 != 0, "close": n < 10}
        for name, is_named in named.items():
            if is_named:
                sentences = "{1,2}" if n % 2 else "{2,5}"
                connection.exec_driver_sql(
                    "INSERT INTO core.entity_article VALUES"
                    f" ({identifier(str(n))}, {identifier(name)}, '{day}', true, 1, '{sentences}')"
                )
    found = {r.companion: r for r in connection.exec_driver_sql(f"SELECT * FROM report.companion('one', '{day}')")}
    assert set(found) == {"everywhere", "close"}
    assert found["everywhere"].n_articles == 40
    assert found["everywhere"].pmi == pytest.approx(0)
    assert found["everywhere"].log_likelihood == pytest.approx(0, abs=1e-9)
    assert found["close"].n_articles == 10
    assert found["close"].n_sentences == 20
    assert found["close"].pmi == pytest.approx(1)
    assert found["close"].log_likelihood > 10
    name_entity(connection, "shunned", {day: 50}, "LOC")
    for n in range(100):
        if n in (0, 1) or n >= 52:
            connection.exec_driver_sql(
                "INSERT INTO core.entity_article VALUES"
                f" ({identifier(str(n))}, {identifier('shunned')}, '{day}', true, 1, '{{9}}')"
            )
    by_bond = f"SELECT companion, log_likelihood FROM report.companion('one', '{day}') ORDER BY 2 DESC"
    shunned = connection.exec_driver_sql(by_bond).all()[-1]
    assert shunned.companion == "shunned"
    assert shunned.log_likelihood < -10, "named together less than by chance is no bond"
    by_day = connection.exec_driver_sql("SELECT * FROM report.companion_day('one', 'close')").all()
    assert [tuple(r) for r in by_day] == [(day, 10, 20)]
