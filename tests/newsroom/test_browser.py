"""The newsroom in a real browser, inside a real Airflow, over a warehouse that the real pipeline has filled."""

from __future__ import annotations

import json
import os
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from serving import System, serving

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
CHROMIUM = os.environ.get("RASD_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
ROOMS = ("", "articles", "search", "search?q=كازاخستان&each=true", "entities", "watches", "health")
PATIENCE = 30_000  # milliseconds: a busy machine is no fault of the page

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Chromium (Debian: apt install chromium), or RASD_CHROMIUM with its path"
)


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, inbox: Path) -> Iterator[System]:
    """With `admin`, who may do everything, and `reader`, who may look."""
    home = tmp_path_factory.mktemp("newsroom up") / "home"
    with serving(home, inbox, AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS="admin:admin,reader:viewer") as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(system: System, browser: Browser) -> Iterator[Visit]:
    """Open a room as somebody; a message of the browser's console, or a request to another host, fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_room(room: str, *, user: str = "admin", language: str = "ar", width: int = 1400, **more: Any) -> Page:
        locale = {"ar": "ar-EG", "en": "en-GB"}[language]
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 860}, **more)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "_token", "value": system.token(user), "url": system.address}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith(system.address) else complaints.append(r.url))
        page.goto(f"{system.address}/newsroom/{room}")
        return page

    yield open_room
    for context in contexts:
        context.close()
    assert complaints == []


def address_of(page: Page, words: str) -> str:
    """Find an article by searching for words of it."""
    page.goto(page.url.split("/newsroom/")[0] + f"/newsroom/search?q={words}&each=true")
    link = page.locator(".found h3 a").first.get_attribute("href")
    assert link
    return link.removeprefix("/newsroom/")


def findings(page: Page) -> list[str]:
    """Return what axe finds that is serious."""
    # The page's own policy forbids it to run anything inline; what the test brings in comes over the protocol.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:3]
    ]


def test_the_newsroom_is_in_airflows_left_bar_and_its_address_in_airflows(system: System, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", viewport={"width": 1400, "height": 860})
    context.set_default_timeout(3 * PATIENCE)
    page = context.new_page()
    page.goto(system.address)
    passwords = json.loads((system.home / "airflow/simple_auth_manager_passwords.json.generated").read_text())
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", passwords["admin"])
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Rasd").or_(page.get_by_role("button", name="Rasd")).first.click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("link", name="Health").click()
    expect(frame.get_by_role("heading", name="Health")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"/plugin/newsroom/newsroom/health"), timeout=PATIENCE)
    context.close()


def test_without_a_login_there_is_nothing_to_see(system: System) -> None:
    for room in (*ROOMS[:1], "health", "article/00000000-0000-0000-0000-000000000000"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            system.get(f"/newsroom/{room}")
        assert refused.value.code == 401
        assert "/auth/login" in refused.value.read().decode()


def test_a_token_of_nobody_is_refused(system: System) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        system.get("/newsroom/", "nonsense")
    assert refused.value.code in (401, 403)


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_every_room_passes_axe_and_fits_a_telephone(visit: Visit, language: str, scheme: str) -> None:
    page = visit("", language=language, color_scheme=scheme)
    rooms = [*ROOMS, address_of(page, "الخريطة OR القمح"), *entities(page)]
    for room in rooms:
        page.set_viewport_size({"width": 1400, "height": 860})
        page.goto(page.url.split("/newsroom/")[0] + f"/newsroom/{room}")
        assert findings(page) == [], room
        page.set_viewport_size({"width": 360, "height": 740})
        page.wait_for_timeout(300)  # charts draw themselves again when the window has come to rest
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, room
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")


def entities(page: Page) -> list[str]:
    page.goto(page.url.split("/newsroom/")[0] + "/newsroom/entities?name=كازاخ")
    link = page.locator(".entities a.name").first.get_attribute("href")
    assert link
    return [link.removeprefix("/newsroom/")]


def test_the_search_finds_arabic_words_behind_clitics(visit: Visit) -> None:
    page = visit("")
    page.fill("#find", "كازاخستان")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    marked = page.locator("mark").all_inner_texts()
    assert any(word.endswith("كازاخستان") and len(word) > len("كازاخستان") for word in marked)


def test_a_hostile_article_is_text(visit: Visit) -> None:
    page = visit("")
    page.goto(page.url + address_of(page, '"مدير المعرض"').replace("search", ""))
    page.goto(page.url.split("/newsroom/")[0] + "/newsroom/" + address_of(page, '"مدير المعرض"'))
    expect(page.locator("article.body")).to_contain_text("<script>document.title = 'taken'</script>")
    assert page.title() != "taken"
    assert page.locator("article img").count() == 0


def test_everything_is_reached_by_keyboard(visit: Visit) -> None:
    page = visit("")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto(page.url.split("/newsroom/")[0] + "/newsroom/" + address_of(page, "القمح"))
    page.locator("article.body [data-mention]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).not_to_be_visible()


def test_what_is_wrong_can_be_said_where_it_is_seen(visit: Visit) -> None:
    page = visit("", language="en")
    page.goto(page.url.split("/newsroom/")[0] + "/newsroom/" + address_of(page, "القمح"))
    page.locator("article.body [data-mention]").first.click()
    page.locator("#card button.wrong").click()
    page.locator("#review select:visible").select_option("not_a_name")
    page.locator("#review textarea:visible").fill("seen in a test")
    page.locator("#review button:visible", has_text="Send").click()
    expect(page.locator("#reviews")).to_contain_text("seen in a test")


def test_entities_are_joined_and_it_is_taken_back(visit: Visit) -> None:
    page = visit("", language="en")
    page.goto(page.url.split("/newsroom/")[0] + "/newsroom/entities?name=القاهرة")
    page.locator(".entities a.name").first.click()
    page.get_by_text("It is the same as …").click()
    form = page.locator("details[open] form")
    form.locator("[name=other]").fill("أسوان")
    form.locator("[name=reason]").fill("only a test")
    form.get_by_role("button", name="Decide").click()
    expect(page.locator(".history")).to_contain_text("only a test")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".history")).to_contain_text("taken back by")


def test_whoever_may_only_look_finds_nothing_to_press(visit: Visit) -> None:
    page = visit("health", user="reader", language="en")
    expect(page.locator(".foot")).to_contain_text("you may read")
    assert page.locator("form[method=post]").count() == 0


def test_language_and_theme_are_chosen_by_hand(visit: Visit) -> None:
    page = visit("", language="ar", color_scheme="light")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    page.locator("a.theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
