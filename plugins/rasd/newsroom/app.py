"""The newsroom as one application: its rooms, what guards them, and a page for everything that can go wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import sqlalchemy as sa
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from rasd.errors import RasdError, TransientError
from rasd.newsroom import article, desk, entity, health, language, search, today, watches
from rasd.newsroom.desk import HERE, House, Page, Visitor

log = logging.getLogger(__name__)

# Nothing is fetched from elsewhere, nothing inline runs, and no other site may put the newsroom into a frame.
_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'self'",
    )
)  # fmt: skip
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_YEAR = 365 * 24 * 3600
# What a reader chooses in the address, and the cookie in which it is kept.
_CHOICES = (
    ("language", desk.LANGUAGE_COOKIE, language.LANGUAGES),
    ("theme", desk.THEME_COOKIE, (*desk.THEMES, "auto")),
)


def create(house: House, visitor: Callable[..., Any]) -> FastAPI:
    """Make the application.

    Args:
        house: what it stands in.
        visitor: dependency that returns the `Visitor`, or refuses with 401 or 403.
    """

    def identify(request: Request, who: Visitor = Depends(visitor)) -> None:
        request.state.visitor = who

    # No description of the interface: its pages are for people.
    app = FastAPI(title="Rasd newsroom", openapi_url=None, dependencies=[Depends(identify)])
    app.state.house = house
    for room in (today, search, entity, article, watches, health):
        app.include_router(room.router)
    # What lies there is in the public repository; it needs no login and may be kept for ever under its address.
    app.mount(f"/static/{desk.static_version()}", StaticFiles(directory=HERE / "static"))
    app.middleware("http")(_dress)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(sa.exc.DataError, _not_understood)  # an address that names no day, number or id
    app.add_exception_handler(TransientError, _warehouse_down)
    app.add_exception_handler(sa.exc.ProgrammingError, _warehouse_differs)
    app.add_exception_handler(RasdError, _cannot)
    return app


async def _dress(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Give every answer its headers; take `?language=` and `?theme=` out of the address into a cookie."""
    chosen = {}
    for name, cookie, values in _CHOICES:
        if (value := request.query_params.get(name, "")) in values:
            chosen[cookie] = value
    if chosen and request.method == "GET":
        page = Page(request)
        response: Response = RedirectResponse(page.here(language=None, theme=None), status_code=303)
        for cookie, value in chosen.items():
            response.set_cookie(cookie, value, max_age=_YEAR, path=page.address(), httponly=True, samesite="lax")
    else:
        response = await call_next(request)
    for header, value in _HEADERS.items():
        response.headers[header] = value
    response.headers.setdefault(
        "Cache-Control",
        f"public, max-age={_YEAR}, immutable" if "/static/" in request.url.path else "private, no-cache",
    )
    return response


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = {401: "login", 403: "forbidden", 404: "missing"}.get(error.status_code, "refused")
    if error.detail in ("may_not_write", "form_from_elsewhere", "form_too_old", "form_too_long"):
        kind = error.detail
    return _trouble(request, error.status_code, kind)


async def _not_understood(request: Request, _error: Exception) -> Response:
    return _trouble(request, 404, "missing")


async def _warehouse_down(request: Request, error: Exception) -> Response:
    log.warning("The newsroom has no warehouse: %s", error)
    cause = getattr(getattr(error, "__cause__", None), "orig", None)
    # 57014: the statement ran into its limit.
    return _trouble(request, 503, "slow" if getattr(cause, "pgcode", None) == "57014" else "down")


async def _warehouse_differs(request: Request, error: Exception) -> Response:
    cause = getattr(error, "orig", None)
    # Undefined table, column, function or schema; insufficient privilege.
    if getattr(cause, "pgcode", None) not in ("42P01", "42703", "42883", "3F000", "42501"):
        raise error
    log.warning("The newsroom finds another schema: %s", cause)
    return _trouble(request, 503, "schema", said=str(cause).strip().splitlines()[0])


async def _cannot(request: Request, error: Exception) -> Response:
    assert isinstance(error, RasdError)
    return _trouble(request, 422, "cannot", said=str(error))


def _trouble(request: Request, status: int, kind: str, said: str = "") -> Response:
    house: House = request.app.state.house
    return Page(request).render(
        "trouble.html", status=status, kind=kind, said=said, login=house.login(str(request.url.path))
    )
