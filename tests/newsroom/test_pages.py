"""The newsroom over a real warehouse, by HTTP: what it shows, to whom, and what it says when it cannot."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import HTTPException
from starlette.testclient import TestClient

from rasd.newsroom import alone
from rasd.newsroom.app import create
from rasd.newsroom.desk import House, Visitor
from rasd.warehouse.engine import connect

Opened = Callable[..., TestClient]


def ask(dsn: str, query: str, **values: Any) -> Any:
    engine = connect(dsn)
    with engine.begin() as connection:
        found = connection.execute(sa.text(query), values)
        rows = found.all() if found.returns_rows else []
    engine.dispose()
    return rows


def article_of(dsn: str, headline: str) -> str:
    return str(ask(dsn, "SELECT article_id FROM core.article WHERE headline LIKE :h", h=f"%{headline}%")[0][0])


def entity_of(dsn: str, name: str) -> str:
    return str(ask(dsn, "SELECT entity_id FROM core.entity WHERE name = :name", name=name)[0][0])


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found
    return found[1]


ROOMS = [
    "",
    "articles",
    "search",
    "search?q=كازاخستان",
    "search.csv?q=القاهرة",
    "entities",
    "entities?name=كاز",
    "watches",
    "health",
]


@pytest.mark.parametrize("room", [room for room in ROOMS if ".csv" not in room])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_room_opens_in_both_languages(opened: Opened, filled: str, room: str, language: str) -> None:
    answer = opened(filled, language=language).get(f"/newsroom/{room}")
    assert answer.status_code == 200
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in answer.text


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_opens_on_an_empty_warehouse(opened: Opened, new_database: Callable[..., str], room: str) -> None:
    assert opened(new_database()).get(f"/newsroom/{room}").status_code == 200


def test_nothing_inline_runs_and_nothing_is_fetched_from_elsewhere(analyst: TestClient, filled: str) -> None:
    for path in (*ROOMS[:4], "health", f"article/{article_of(filled, 'تونس')}", f"entity/{entity_of(filled, 'مصر')}"):
        answer = analyst.get(f"/newsroom/{path}")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script(?![^>]*\bsrc=)|<[^>]*\s(?:style|on\w+)=|<[^>]*javascript:", answer.text)
        assert not re.findall(r"""(?:src|href|action)="(?:https?:)?//[^"]*""", answer.text)


def test_a_hostile_article_is_text(analyst: TestClient, filled: str, hostile: str) -> None:
    answer = analyst.get(f"/newsroom/article/{article_of(filled, 'معرض الكتاب')}")
    assert hostile not in answer.text
    assert "<img src=x" not in answer.text
    assert hostile in unescape(re.sub(r"</?(?:a|span)\b[^>]*>", "", answer.text))


def test_an_article_shows_what_is_marked_in_it_and_the_page_beside_it(analyst: TestClient, filled: str) -> None:
    page = analyst.get(f"/newsroom/article/{article_of(filled, 'ممر جديد للقمح')}").text
    assert re.search(r'<a class="[^"]*\bLOC\b[^"]*" href="/newsroom/entity/[0-9a-f-]{36}"[^>]*>كازاخستان</a>', page)
    assert 'class="segment kind-main_article own"' in page


def test_an_entity_shows_its_days_its_company_and_its_articles(analyst: TestClient, filled: str) -> None:
    page = analyst.get(f"/newsroom/entity/{entity_of(filled, 'كازاخستان')}").text
    assert "data-chart" in page
    assert 'class="ring"' in page
    assert re.search(r'href="/newsroom/article/[0-9a-f-]{36}"', page)


def test_pages_follow_each_other_without_a_gap_or_a_repetition(analyst: TestClient) -> None:
    seen: list[str] = []
    address = "/newsroom/entities"
    for _ in range(20):
        page = analyst.get(address).text
        seen += re.findall(r'<a class="name \w+" href="/newsroom/entity/([0-9a-f-]{36})"', page)
        following = re.search(r'<a href="([^"]+)" rel="next"', page)
        if not following:
            break
        address = unescape(following[1])
    assert len(seen) > 40
    assert len(seen) == len(set(seen))


def test_the_search_finds_words_behind_clitics_and_marks_them(analyst: TestClient) -> None:
    page = analyst.get("/newsroom/search?q=كازاخستان&each=true").text
    found = re.findall(r"<mark>(.*?)</mark>", page)
    assert "كازاخستان" in found
    assert any(word.endswith("كازاخستان") and word != "كازاخستان" for word in found)


def test_a_search_can_be_narrowed_and_taken_along(analyst: TestClient, filled: str) -> None:
    query = {"q": "كازاخستان", "entity": entity_of(filled, "مصر"), "each": "true"}
    page = analyst.get("/newsroom/search", params=query).text
    rows = analyst.get("/newsroom/search.csv", params=query)
    assert rows.headers["content-type"].startswith("text/csv")
    n_rows = len(re.findall(r"/newsroom/article/", rows.text))
    assert 0 < n_rows == len(re.findall(r'<h3><a href="/newsroom/article/', page))


@pytest.mark.parametrize(
    "query", ["&since=x&until=2026-99-99", "&before=x~y", "&entity=nonsense", "&outlet=' OR 1=1 --"]
)
def test_a_search_with_a_broken_address_is_no_error(analyst: TestClient, query: str) -> None:
    assert analyst.get(f"/newsroom/search?q=القاهرة{query}").status_code in (200, 404)


def test_a_cell_is_no_formula() -> None:
    from rasd.newsroom.search import _harmless

    assert _harmless(["=1+1", "-x", "مصر"]) == ["'=1+1", "'-x", "مصر"]


def test_entities_are_joined_with_a_reason_and_it_is_taken_back(analyst: TestClient, filled: str) -> None:
    address = f"/newsroom/entity/{entity_of(filled, 'القاهرة')}"
    token = token_of(analyst.get(address).text)
    form = {"token": token, "kind": "join", "other": "أسوان", "reason": "تجربة"}
    assert analyst.post(f"{address}/decide", data={**form, "reason": " "}).status_code == 422
    assert analyst.post(f"{address}/decide", data={**form, "other": "لا أحد"}).status_code == 422
    page = analyst.post(f"{address}/decide", data=form).text
    assert "تجربة" in page
    number = re.search(r'name="decision_id" value="(\d+)"', page)
    assert number
    page = analyst.post(f"{address}/undo", data={"token": token, "decision_id": number[1]}).text
    assert "taken back by mona" in page
    ask(filled, "DELETE FROM core.decision")


def test_what_is_not_there_is_a_page_that_says_so(analyst: TestClient) -> None:
    for path in ("article/00000000-0000-0000-0000-000000000000", "article/nonsense", "no-such-room"):
        answer = analyst.get(f"/newsroom/{path}")
        assert answer.status_code == 404
        assert "Nothing is here" in answer.text


def test_a_warehouse_that_is_down_is_a_page_that_says_what_to_do(opened: Opened, tmp_path: Any) -> None:
    answer = opened(f"postgresql://nobody@/none?host={tmp_path}").get("/newsroom/health")
    assert answer.status_code == 503
    assert "RASD_WAREHOUSE_DSN" in answer.text


def test_a_warehouse_without_the_schema_is_a_page_that_says_what_to_do(
    opened: Opened, new_database: Callable[..., str]
) -> None:
    answer = opened(new_database("template0")).get("/newsroom/health")
    assert answer.status_code == 503
    assert "rasd db migrate" in answer.text


def test_without_a_login_every_page_is_refused() -> None:
    def nobody() -> None:
        raise HTTPException(401)

    house = House(lambda: "", lambda: "", lambda: "", lambda there: f"/auth/login?next={there}")
    client = TestClient(create(house, nobody))
    for path in ("/health", "/article/00000000-0000-0000-0000-000000000000", "/no-such-room"):
        answer = client.get(path)
        assert answer.status_code in (401, 404), path
        assert "core." not in answer.text
    assert "/auth/login?next=/health" in client.get("/health").text


def test_reading_cannot_write_and_writing_cannot_do_more_than_a_desk_does(filled: str) -> None:
    from rasd.newsroom import warehouse

    forbidden = ("DELETE FROM core.review", "INSERT INTO core.review DEFAULT VALUES", "SELECT FROM raw.page")
    for statement in forbidden:
        with (
            pytest.raises(sa.exc.DBAPIError, match=r"read-only|denied"),
            warehouse.reader(filled).begin() as connection,
        ):
            connection.execute(sa.text(statement))
    for statement in ("DELETE FROM core.review", "UPDATE core.article SET body = ''", "SELECT FROM raw.page"):
        with pytest.raises(sa.exc.ProgrammingError, match="denied"), warehouse.writer(filled).begin() as connection:
            connection.execute(sa.text(statement))


# Writing ----------------------------------------------------------------------------------------------------------


def a_review(dsn: str) -> dict[str, str]:
    row = ask(dsn, "SELECT article_id, part, start_offset, end_offset FROM core.mention ORDER BY 1, 2, 3 LIMIT 1")[0]
    page = ask(dsn, "SELECT page_id FROM core.article WHERE article_id = :id", id=row[0])[0][0]
    return {
        "article": str(row[0]), "subject": "mention", "page_id": str(page), "part": row[1],
        "start": str(row[2]), "end": str(row[3]), "answer": "not_a_name", "note": "كلمة عادية",
    }  # fmt: skip


def test_a_review_keeps_the_words_it_is_about(analyst: TestClient, filled: str) -> None:
    review = a_review(filled)
    address = f"/newsroom/article/{review.pop('article')}"
    token = token_of(analyst.get(address).text)
    answer = analyst.post(f"{address}/review", data={**review, "token": token})
    assert answer.status_code == 200
    assert "كلمة عادية" in answer.text
    assert ask(filled, "SELECT is_still_said FROM report.review") == [(True,)]
    stored = ask(filled, "DELETE FROM core.review RETURNING subject, words, said, answer, reviewed_by")
    surface = ask(
        filled, "SELECT surface FROM core.mention WHERE article_id = :id AND part = :part AND start_offset = :start",
        id=address.rpartition("/")[2], part=review["part"], start=int(review["start"]),
    )  # fmt: skip
    assert [(r[0], r[1], r[3], r[4]) for r in stored] == [("mention", surface[0][0], "not_a_name", "mona")]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"answer": "nonsense"}, 422),
        ({"subject": "article"}, 422),
        ({"start": "9999999"}, 422),
        ({"page_id": "x"}, 422),
        ({"token": "0" * 64}, 403),
        ({"token": ""}, 403),
        ({"note": "x" * 70_000}, 413),
    ],
)
def test_a_review_that_makes_no_sense_is_refused(
    analyst: TestClient, filled: str, changed: dict[str, str], status: int
) -> None:
    review = a_review(filled)
    address = f"/newsroom/article/{review.pop('article')}"
    token = token_of(analyst.get(address).text)
    assert analyst.post(f"{address}/review", data={**review, "token": token, **changed}).status_code == status
    assert ask(filled, "SELECT count(*) FROM core.review")[0][0] == 0


def test_a_form_of_another_site_is_refused(analyst: TestClient, filled: str) -> None:
    review = a_review(filled)
    address = f"/newsroom/article/{review.pop('article')}"
    token = token_of(analyst.get(address).text)
    answer = analyst.post(
        f"{address}/review", data={**review, "token": token}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403


def test_whoever_may_only_read_sees_no_form_and_sends_none(
    reader: TestClient, analyst: TestClient, filled: str
) -> None:
    review = a_review(filled)
    address = f"/newsroom/article/{review.pop('article')}"
    assert "<form method" not in reader.get(address).text.replace('<form method="dialog"', "")
    token = token_of(analyst.get(address).text)
    assert reader.post(f"{address}/review", data={**review, "token": token}).status_code == 403


def test_a_token_is_of_one_visitor(opened: Opened, filled: str) -> None:
    other = TestClient(alone.application(filled, Visitor("omar", may_write=True)))
    token = token_of(opened(filled).get("/newsroom/health").text)
    assert other.post("/newsroom/health/release", data={"token": token, "reason": "no_article"}).status_code == 403


def test_it_can_be_served_without_airflow(filled: str) -> None:
    with alone.served(filled) as address, urllib.request.urlopen(f"{address}/health", timeout=30) as answer:
        assert answer.status == 200
        assert "mona" in answer.read().decode()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{address}/health", timeout=30)


def test_a_watch_is_tried_kept_changed_and_stopped(analyst: TestClient, filled: str) -> None:
    token = token_of(analyst.get("/newsroom/watches").text)
    form = {
        "token": token,
        "kind": "phrase",
        "subject": "ممر لتصدير القمح",
        "name": "الممر",
        "at_least": "",
        "note": "",
    }
    tried = analyst.post("/newsroom/watches/try", data=form)
    assert tried.status_code == 200
    assert ask(filled, "SELECT count(*) FROM core.watch WHERE name = 'الممر'")[0][0] == 0
    assert analyst.post("/newsroom/watches/keep", data={**form, "at_least": "many"}).status_code == 422
    assert "الممر" in analyst.post("/newsroom/watches/keep", data=form).text
    kept = ask(filled, "SELECT watch_id FROM core.watch WHERE name = 'الممر'")[0][0]
    assert analyst.get(f"/newsroom/watch/{kept}").status_code == 200
    analyst.post("/newsroom/watches/keep", data={**form, "watch_id": kept, "at_least": "3"})
    assert ask(filled, "SELECT at_least FROM core.watch WHERE name = 'الممر'") == [(3,)]
    analyst.post("/newsroom/watches/stop", data={"token": token, "watch_id": kept})
    assert ask(filled, "DELETE FROM core.watch WHERE name = 'الممر' RETURNING is_active") == [(False,)]


def test_what_is_wrong_is_said_in_the_readers_language(analyst: TestClient) -> None:
    english = analyst.get("/newsroom/health", headers={"Accept-Language": "en"}).text
    arabic = analyst.get("/newsroom/health", headers={"Accept-Language": "ar"}).text
    assert "There is no article on the page" in english
    assert "There is no article on the page" not in arabic
    assert "لا مقال في الصفحة" in arabic
    assert "Mentions that do not stand in the text" not in arabic


def test_what_is_held_can_be_released(analyst: TestClient, filled: str) -> None:
    page = analyst.get("/newsroom/health").text
    held = re.search(r'name="quarantine_id" value="([0-9a-f-]+)"', page)
    assert held
    analyst.post("/newsroom/health/release", data={"token": token_of(page), "quarantine_id": held[1]})
    back = ask(
        filled,
        "UPDATE ops.quarantine SET released_at = NULL, released_by = NULL WHERE released_by = 'mona' RETURNING 1",
    )
    assert len(back) == 1


def test_the_language_and_the_theme_are_kept(analyst: TestClient) -> None:
    answer = analyst.get("/newsroom/health?language=ar&theme=dark", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/newsroom/health"
    page = analyst.get("/newsroom/health").text
    assert 'dir="rtl"' in page
    assert 'data-theme="dark"' in page
    analyst.cookies.clear()
