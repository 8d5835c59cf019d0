"""What every page of the newsroom is made with: who asks, in which language, over which state of the warehouse."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rasd.newsroom import charts, language, marks, warehouse
from rasd.warehouse.engine import transaction

HERE = Path(__file__).resolve().parent
LANGUAGE_COOKIE, THEME_COOKIE = "rasd_language", "rasd_theme"
THEMES = ("light", "dark")
# How long a form may stay open before it has to be loaded again.
_FORM_HOURS = 12
# No form of the newsroom is longer.
_LONGEST_FORM = 64 * 1024


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. `may_write`: whether they may review, decide, watch and release."""

    name: str
    may_write: bool


@dataclass(frozen=True, slots=True)
class House:
    """What the newsroom stands in: the addresses of the warehouse, and the secret that its forms are signed with."""

    read_dsn: Callable[[], str]
    write_dsn: Callable[[], str]
    secret: Callable[[], str]
    login: Callable[[str], str]


@cache
def templates() -> Environment:
    """Return the templates. Every value is escaped; a name that is not there is an error, not a blank."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {"charts": charts, "marks": marks}
    return environment


@cache
def static_version() -> str:
    """Return a digest of what lies in `static`: the part of its address that changes when it does."""
    digest = hashlib.sha256()
    for path in sorted((HERE / "static").rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Page:
    """A page in the making: addresses, language, theme. Holds no connection, so that errors can be pages too."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.visitor: Visitor | None = getattr(request.state, "visitor", None)
        self.language = language.choose(
            request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language", "")
        )
        theme = request.cookies.get(THEME_COOKIE)
        self.theme = theme if theme in THEMES else None

    def address(self, *path: object, **query: object) -> str:
        """Return the address of a room; query values that are None are left out."""
        words = {k: v for k, v in query.items() if v not in (None, "")}
        place = "/".join([str(self.request.scope.get("root_path", "")), *map(str, path)])
        return (place if path else place + "/") + (f"?{urlencode(words)}" if words else "")

    def here(self, **changed: object) -> str:
        """Return the address of this page with some of its query changed."""
        return self.address(
            self.request.scope["path"].removeprefix(self.request.scope.get("root_path", "")).strip("/"),
            **{**self.request.query_params, **changed},
        )

    def static(self, name: str) -> str:
        """Return the address of a file in `static`."""
        return self.address("static", static_version(), name)

    def render(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Render a template."""
        return HTMLResponse(
            templates()
            .get_template(template)
            .render(page=self, t=self.language, visitor=self.visitor, status=status, **context),
            status_code=status,
        )


class Desk(Page):
    """A page with the warehouse at hand."""

    def __init__(self, request: Request, answers: warehouse.Answers) -> None:
        super().__init__(request)
        self.ask = answers

    def render(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Render a template; forms in it find the token they have to send back."""
        return super().render(template, status=status, token=_token(self.request), **context)


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


def reading_desk(request: Request) -> Iterator[Desk]:
    """Open a desk for one request."""
    with warehouse.reading(warehouse.reader(_house(request).read_dsn())) as answers:
        yield Desk(request, answers)


OpenDesk = Annotated[Desk, Depends(reading_desk)]


# Writing ----------------------------------------------------------------------------------------------------------


def _token(request: Request, hours_ago: int = 0) -> str:
    """Return what proves that a form was made here, for this visitor, in this hour (or some hours ago)."""
    hour = int(time.time() // 3600) - hours_ago
    message = f"{request.state.visitor.name}\n{hour}".encode()
    return hmac.new(_house(request).secret().encode(), message, hashlib.sha256).hexdigest()


async def written_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form that this visitor may send and was given here.

    Raises:
        HTTPException: 403 if they may not write, or the form came from elsewhere or is too old; 413 if it is too long.
    """
    if not request.state.visitor.may_write:
        raise HTTPException(403, "may_not_write")
    # Sent by every browser since 2023; a page of another site cannot forge it.
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "form_from_elsewhere")
    if int(request.headers.get("content-length") or _LONGEST_FORM + 1) > _LONGEST_FORM:
        raise HTTPException(413, "form_too_long")
    form = {k: v for k, v in (await request.form()).items() if isinstance(v, str)}
    given = form.pop("token", "").encode()
    if not any(hmac.compare_digest(given, _token(request, ago).encode()) for ago in range(_FORM_HOURS)):
        raise HTTPException(403, "form_too_old")
    return form


WrittenForm = Annotated[Mapping[str, str], Depends(written_form)]


@contextmanager
def writing(request: Request) -> Iterator[sa.Connection]:
    """Open one transaction for what the visitor decided."""
    with transaction(warehouse.writer(_house(request).write_dsn())) as connection:
        yield connection


def back_to(address: str) -> RedirectResponse:
    """Send the browser on after a form, so that loading again does not send it twice."""
    return RedirectResponse(address, status_code=303)
