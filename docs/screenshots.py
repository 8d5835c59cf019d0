"""Take the pictures of the newsroom that the docs show: `make screenshots`. Needs Chromium.

A warehouse is made for it in a folder that goes away: some thousand articles of the generator, so that there are
days to compare, and the sample inbox, so that there is something to read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import sync_playwright

from rasd import resources
from rasd.annotating import load_recogniser
from rasd.local import house
from rasd.newsroom import alone
from rasd.pipeline.ingest import IngestOptions, ingest
from rasd.warehouse import roles
from rasd.warehouse.engine import connect

HERE = Path(__file__).resolve().parent
PICTURES = HERE / "images" / "newsroom"
ARTICLES = 6000
# Language, colours and width of each picture.
LOOKS = (("ar", "light", 1400), ("en", "dark", 1400), ("ar", "light", 390))
LOCALES = {"ar": "ar-EG", "en": "en-GB"}


def rooms(dsn: str) -> dict[str, str]:
    """Return the address of each room, by the name of its picture."""
    engine = connect(dsn)
    with engine.connect() as connection:
        article = connection.scalar(
            sa.text("SELECT article_id FROM core.article WHERE headline LIKE '%لتصدير القمح عبر بحر قزوين%'")
        )
        entity = connection.scalar(sa.text("SELECT entity_id FROM core.entity WHERE entity_key = 'LOC/country/KZ'"))
    engine.dispose()
    return {
        "today": "",
        "article": f"article/{article}",
        "entity": f"entity/{entity}",
        "entities": "entities",
        "search": "search?q=كازاخستان",
        "watches": "watches",
        "health": "health",
    }


def main() -> None:
    """Fill a warehouse, serve the newsroom over it, and photograph every room."""
    chromium = os.environ.get("RASD_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium: apt install chromium, or set RASD_CHROMIUM to its path.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, house.opened(Path(folder) / "home") as opened:
        generator = HERE.parent / "benchmarks" / "million.py"
        subprocess.run(
            [sys.executable, str(generator), "--dsn", opened.warehouse_dsn, "--articles", str(ARTICLES)], check=True
        )
        engine = opened.warehouse()
        roles.grant(engine)  # the generator makes the views anew
        inbox = shutil.copytree(resources.seeds() / "inbox", Path(folder) / "inbox")  # pictures show its path
        ingest(engine, IngestOptions(str(inbox), settle_seconds=0), load_recogniser("default"))
        engine.dispose()
        with alone.served(opened.warehouse_dsn) as newsroom:
            photograph(newsroom, rooms(opened.warehouse_dsn), chromium)


def photograph(address: str, places: dict[str, str], chromium: str) -> None:
    """Photograph each room in each look that the docs show."""
    shown = (HERE / "newsroom.md").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for language, scheme, width in LOOKS:
            context = browser.new_context(
                locale=LOCALES[language], color_scheme=scheme, viewport={"width": width, "height": 875}
            )
            page = context.new_page()
            for name, path in places.items():
                picture = f"{name}-{language}-{width}.png"
                if picture not in shown:
                    continue
                page.goto(f"{address}/{path}")
                page.wait_for_timeout(300)
                page.screenshot(path=PICTURES / picture)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
